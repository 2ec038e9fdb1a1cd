import { Injectable } from '@nestjs/common';
import type { Standing } from '../../auth';
import { Db, type Sql, type Tx } from '../../database';
import { clock, randomToken } from '../../kernel';
import type { Definition } from './define/definition';
import type { SubscriptionState } from './define/subscription-resource';

/** No time in sight: an event will wake it. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** A worker that has been silent for so long is dead. */
export const JOB_SILENCE_MS = 15 * 60_000;

export interface StoredSubscription {
  id: string;
  /** Of the resource that said what is defined here. */
  version: number;
  state: SubscriptionState;
  definition: Definition;
  standing: Standing;
  secret: string;
  headers: Record<string, string>;
  handshaken: boolean;
  numbered: number;
  delivered: number;
  failures: number;
  failingSince?: number;
  sentAt: number;
  error?: string;
}

/** `definition` as JSON text. */
export interface Live {
  id: string;
  version: number;
  definition: string;
}

export interface Defined {
  id: string;
  version: number;
  state: SubscriptionState;
  definition: Definition;
  standing: Standing | null;
  headers: Record<string, string>;
}

type Row = Record<string, string | number | null>;

/** Table `fhir_subscription` on the current site. */
@Injectable()
export class SubscriptionStore {
  constructor(private readonly db: Db) {}

  async find(id: string, within?: Sql): Promise<StoredSubscription | undefined> {
    const [row] = await (within ?? (await this.db.sql())).query<Row>('SELECT * FROM fhir_subscription WHERE id = ?', [id]);
    return row && subscriptionOf(row);
  }

  /** Those that events may concern. */
  async live(): Promise<Live[]> {
    return (await this.db.sql()).query<Live>("SELECT id, version, definition FROM fhir_subscription WHERE state <> 'off'");
  }

  async count(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ n: number }>("SELECT COUNT(*) AS n FROM fhir_subscription WHERE state <> 'off'");
    return Number(row!.n);
  }

  /** What is said anew is begun anew; event numbers and the signing key go on. */
  async define(tx: Tx, { id, version, state, definition, standing, headers }: Defined): Promise<void> {
    const said = [version, state, JSON.stringify(definition), JSON.stringify(standing), JSON.stringify(headers), state === 'off' ? NEVER : clock.now()];
    const set = 'version = ?, state = ?, definition = ?, standing = ?, headers = ?, due_at = ?, handshaken = 0, failures = 0, failing_since = NULL, error = NULL';
    if ((await tx.run(`UPDATE fhir_subscription SET ${set} WHERE id = ?`, [...said, id])) > 0) return;
    const columns = ['version', 'state', 'definition', 'standing', 'headers', 'due_at', 'id', 'secret', 'handshaken', 'numbered', 'delivered', 'failures', 'sent_at'];
    await tx.insert('fhir_subscription', columns, [[...said, id, randomToken(), 0, 0, 0, 0, 0]]);
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.run('DELETE FROM fhir_subscription_event WHERE subscription = ?', [id]);
    await tx.run('DELETE FROM fhir_subscription WHERE id = ?', [id]);
  }

  /** False when it was defined anew, or removed, in the meantime. */
  async change(tx: Tx, { id, version }: Pick<StoredSubscription, 'id' | 'version'>, change: Change): Promise<boolean> {
    const given = Object.entries(change).filter(([, value]) => value !== undefined) as [string, string | number | null][];
    const set = given.map(([column]) => `${column} = ?`).join(', ');
    return (await tx.run(`UPDATE fhir_subscription SET ${set} WHERE id = ? AND version = ?`, [...given.map(([, value]) => value), id, version])) === 1;
  }

  /** Ids of subscriptions with something to do and nobody at it. */
  async due(): Promise<string[]> {
    const sql = await this.db.sql();
    const free = '(s.job IS NULL OR s.job_at < ?)';
    const dead = clock.now() - JOB_SILENCE_MS;
    const timed = await sql.query<{ id: string }>(`SELECT s.id FROM fhir_subscription s WHERE s.due_at <= ? AND s.state <> 'off' AND ${free} LIMIT 100`, [clock.now(), dead]);
    const waiting = await sql.query<{ id: string }>(
      `SELECT s.id FROM fhir_subscription s WHERE s.id IN (SELECT DISTINCT e.subscription FROM fhir_subscription_event e WHERE e.number = 0) AND s.failures = 0 AND s.state <> 'off' AND ${free} LIMIT 100`,
      [dead],
    );
    return [...new Set([...timed, ...waiting].map(({ id }) => id))];
  }

  /** True for the one caller whose job this subscription now is. */
  async take(tx: Tx, id: string, job: string): Promise<boolean> {
    const now = clock.now();
    return (await tx.run('UPDATE fhir_subscription SET job = ?, job_at = ? WHERE id = ? AND (job IS NULL OR job_at < ?)', [job, now, id, now - JOB_SILENCE_MS])) === 1;
  }

  /** The job is still at it; false when it is another's by now. */
  hold(id: string, job: string): Promise<boolean> {
    return this.db.transaction(async (tx) => (await tx.run('UPDATE fhir_subscription SET job_at = ? WHERE id = ? AND job = ?', [clock.now(), id, job])) === 1);
  }

  async letGo(id: string, job: string, dueAt: number): Promise<void> {
    await this.db.transaction((tx) => tx.run('UPDATE fhir_subscription SET job = NULL, due_at = ? WHERE id = ? AND job = ?', [dueAt, id, job]));
  }

  async renewSecret(id: string): Promise<string | undefined> {
    const secret = randomToken();
    const changed = await this.db.transaction((tx) => tx.run('UPDATE fhir_subscription SET secret = ? WHERE id = ?', [secret, id]));
    return changed === 1 ? secret : undefined;
  }
}

interface Change {
  state?: SubscriptionState;
  handshaken?: number;
  numbered?: number;
  delivered?: number;
  failures?: number;
  failing_since?: number | null;
  sent_at?: number;
  error?: string | null;
}

function subscriptionOf(row: Row): StoredSubscription {
  return {
    id: String(row.id),
    version: Number(row.version),
    state: row.state as SubscriptionState,
    definition: JSON.parse(String(row.definition)) as Definition,
    standing: JSON.parse(String(row.standing)) as Standing,
    secret: String(row.secret),
    headers: JSON.parse(String(row.headers)) as Record<string, string>,
    handshaken: row.handshaken === 1,
    numbered: Number(row.numbered),
    delivered: Number(row.delivered),
    failures: Number(row.failures),
    ...(row.failing_since !== null && { failingSince: Number(row.failing_since) }),
    sentAt: Number(row.sent_at),
    ...(row.error !== null && { error: String(row.error) }),
  };
}
