import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { runCli } from '../../src/cli/run-cli';
import { loadConfig } from '../../src/config';
import { mysqlAddress } from '../../src/database';

export interface Said {
  code: number;
  out: string;
  err: string;
}

export interface Salus {
  folder: string;
  /** What `salus <args>` prints and returns, in an environment of its own. */
  run(...args: string[]): Promise<Said>;
  /** The same with `--json`, its one value read. */
  json<T>(...args: string[]): Promise<T>;
  close(): Promise<void>;
}

/** The command line on a scratch data folder, or on a scratch schema where DB=mysql. */
export function openSalus(settings: Record<string, string> = {}): Salus {
  const folder = mkdtempSync(join(tmpdir(), 'salus-cli-'));
  const before = { ...process.env };
  const server = process.env.TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306';
  const scratch = process.env.DB === 'mysql' ? { DATABASE_URL: `${server}/salus_test_${randomBytes(5).toString('hex')}` } : {};
  Object.assign(process.env, { DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent', ...scratch, ...settings });
  const run = async (...args: string[]): Promise<Said> => {
    const said = { out: '', err: '' };
    const spies = [hear('stdout', said), hear('stderr', said)];
    const code = await runCli(args).finally(() => {
      for (const spy of spies) spy.mockRestore();
    });
    return { code, ...said };
  };
  const close = async (): Promise<void> => {
    await drop();
    process.env = before;
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, run, json: async <T>(...args: string[]) => JSON.parse((await run(...args, '--json')).out) as T, close };
}

function hear(stream: 'stdout' | 'stderr', said: Omit<Said, 'code'>) {
  return jest.spyOn(process[stream], 'write').mockImplementation((text) => {
    said[stream === 'stdout' ? 'out' : 'err'] += String(text);
    return true;
  });
}

async function drop(): Promise<void> {
  const config = loadConfig();
  if (!config.DATABASE_URL.startsWith('mysql:')) return;
  for (const site of [...config.SITES, 'second']) {
    const { database, ...address } = mysqlAddress(config, site);
    const connection = await createConnection(address);
    await connection.query(`DROP DATABASE IF EXISTS \`${database}\``);
    await connection.end();
  }
}
