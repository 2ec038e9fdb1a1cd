import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import { tookTooLong, tooManyAtOnce } from './bounded';
import { Gate } from './gate';
import type { Sql, SqlValue } from './sql';
import type { Answered, Asked } from './statement-process';

const PLACES = 2;
const SEATS = 50;
/** A process that nobody needs is let go: it holds some forty megabytes. */
const IDLE_MS = 60_000;

/**
 * Reads of an SQLite file in processes of their own. In this one a long statement would hold up every other request,
 * and nothing could stop it; there it is killed after `ms`.
 */
export class SqliteProcess implements Sql {
  readonly dialect = 'sqlite';
  private readonly gate = new Gate(PLACES, SEATS, tooManyAtOnce);
  private readonly idle: ChildProcess[] = [];
  private readonly all = new Set<ChildProcess>();

  constructor(
    private readonly file: string,
    private readonly ms: number,
  ) {}

  query<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return this.gate.pass(() => this.ask({ sql, params, asArrays: false })) as Promise<Row[]>;
  }

  rows(sql: string, params: readonly SqlValue[] = []): Promise<unknown[][]> {
    return this.gate.pass(() => this.ask({ sql, params, asArrays: true })) as Promise<unknown[][]>;
  }

  close(): void {
    for (const child of this.all) child.kill('SIGKILL');
  }

  private async ask(asked: Asked): Promise<unknown[]> {
    const child = this.idle.pop() ?? this.start();
    const answer = await this.answerOf(child, asked);
    this.rest(child);
    if ('rows' in answer) return answer.rows;
    throw Object.assign(new Error(answer.message), { code: answer.code });
  }

  /** Whoever does not answer in time is killed, and gone. */
  private answerOf(child: ChildProcess, asked: Asked): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const end = (work: () => void): void => {
        clearTimeout(timer);
        child.removeAllListeners('message').removeAllListeners('exit');
        work();
      };
      const timer = setTimeout(() => end(() => {
        this.drop(child);
        reject(tookTooLong(this.ms));
      }), this.ms);
      child.once('message', (answer) => end(() => resolve(answer as Answered)));
      child.once('exit', () => end(() => {
        this.drop(child);
        reject(new Error('The process that runs long statements ended.'));
      }));
      child.send(asked);
    });
  }

  private start(): ChildProcess {
    // As source (in tests) it has to be compiled on the way.
    const extension = extname(__filename);
    const child = fork(join(__dirname, `statement-process${extension}`), [this.file], { serialization: 'advanced', execArgv: extension === '.ts' ? ['--import', 'tsx'] : [] });
    this.all.add(child);
    // It must not keep this process alive.
    child.unref();
    child.channel?.unref();
    return child;
  }

  private rest(child: ChildProcess): void {
    this.idle.push(child);
    setTimeout(() => this.letGo(child), IDLE_MS).unref();
  }

  private letGo(child: ChildProcess): void {
    const at = this.idle.indexOf(child);
    if (at < 0) return;
    this.idle.splice(at, 1);
    this.drop(child);
  }

  private drop(child: ChildProcess): void {
    this.all.delete(child);
    child.kill('SIGKILL');
  }
}
