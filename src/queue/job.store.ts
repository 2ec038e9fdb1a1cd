import { Injectable } from '@nestjs/common';
import { Db, type SqlValue, type Tx } from '../database';
import { clock, contextOrNone, newUuid } from '../kernel';
import type { JobRecord, JobState } from './job';

/** How long a worker may be silent before another takes its job. */
export const LEASE_MS = 30_000;

export interface NewJob {
  kind: string;
  owner: string;
  payload: unknown;
}

interface JobRow extends Record<string, unknown> {
  id: string;
  kind: string;
  state: JobState;
  owner: string;
  payload: string;
}

const DUE = "((state = 'queued' AND lease_until <= ?) OR (state = 'running' AND lease_until < ?))";
const optional = <T>(value: unknown): T | undefined => (value === null ? undefined : (value as T));

function recordOf(row: JobRow): JobRecord {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    owner: row.owner,
    payload: JSON.parse(row.payload),
    progress: optional(row.progress),
    checkpoint: row.checkpoint === null ? undefined : JSON.parse(String(row.checkpoint)),
    attempts: Number(row.attempts),
    requestId: optional(row.request_id),
    created: Number(row.created),
    updated: Number(row.updated),
    expires: row.expires === null ? undefined : Number(row.expires),
    error: optional(row.error),
  };
}

/** The rows of table `job` on the current site. Every change of state is one conditional UPDATE: it happens once. */
@Injectable()
export class JobStore {
  constructor(private readonly db: Db) {}

  async insert(tx: Tx, job: NewJob): Promise<string> {
    const id = newUuid();
    const now = clock.now();
    const columns = ['id', 'kind', 'state', 'owner', 'payload', 'attempts', 'lease_until', 'request_id', 'created', 'updated'];
    const requestId = contextOrNone()?.requestId ?? null;
    await tx.insert('job', columns, [[id, job.kind, 'queued', job.owner, JSON.stringify(job.payload), 0, now, requestId, now, now]]);
    return id;
  }

  async find(id: string): Promise<JobRecord | undefined> {
    const sql = await this.db.sql();
    const [row] = await sql.query<JobRow>('SELECT * FROM job WHERE id = ?', [id]);
    return row && recordOf(row);
  }

  /** Jobs of one owner that are queued or running, as this transaction sees them. */
  async countActive(tx: Tx, owner: string, kind: string): Promise<number> {
    const query = "SELECT COUNT(*) AS n FROM job WHERE owner = ? AND kind = ? AND state IN ('queued', 'running')";
    const [row] = await tx.query<{ n: number }>(query, [owner, kind]);
    return Number(row!.n);
  }

  /** Takes the job for `holder` if it is due; nothing if it is not, or another was first. */
  async claim(id: string, holder: string): Promise<JobRecord | undefined> {
    const now = clock.now();
    const set = "UPDATE job SET state = 'running', holder = ?, lease_until = ?, attempts = attempts + 1, updated = ?";
    const taken = await this.change(`${set} WHERE id = ? AND ${DUE}`, [holder, now + LEASE_MS, now, id, now, now]);
    return taken ? this.find(id) : undefined;
  }

  /** Renews the lease; false when the job is no longer `holder`'s. */
  beat(id: string, holder: string, progress: string | undefined): Promise<boolean> {
    return this.held(id, holder, 'lease_until = ?, progress = COALESCE(?, progress)', [clock.now() + LEASE_MS, progress ?? null]);
  }

  saveCheckpoint(id: string, holder: string, checkpoint: unknown, progress: string): Promise<boolean> {
    const set = 'lease_until = ?, checkpoint = ?, progress = ?, attempts = 0';
    return this.held(id, holder, set, [clock.now() + LEASE_MS, JSON.stringify(checkpoint), progress]);
  }

  finish(id: string, holder: string, expires: number): Promise<boolean> {
    return this.held(id, holder, "state = 'done', expires = ?", [expires]);
  }

  fail(id: string, holder: string, error: string, expires: number): Promise<boolean> {
    return this.held(id, holder, "state = 'failed', error = ?, expires = ?", [error, expires]);
  }

  /** Back into the queue: at once (hand-over) or after a wait (retry). `spent` false: this start does not count. */
  release(id: string, holder: string, wait: number, spent: boolean): Promise<boolean> {
    const attempts = spent ? 'attempts' : 'attempts - 1';
    return this.held(id, holder, `state = 'queued', holder = NULL, lease_until = ?, attempts = ${attempts}`, [clock.now() + wait]);
  }

  /** Ends the job whatever its state; its row goes once any worker still at it has had time to notice. */
  cancel(id: string): Promise<boolean> {
    const now = clock.now();
    const set = "UPDATE job SET state = 'cancelled', holder = NULL, expires = ?, updated = ?";
    return this.change(`${set} WHERE id = ? AND state <> 'cancelled'`, [now + 2 * LEASE_MS, now, id]);
  }

  async remove(id: string): Promise<void> {
    await this.change('DELETE FROM job WHERE id = ?', [id]);
  }

  /** Jobs nobody is at: never nudged, nudge lost, worker dead, retry due. */
  async due(limit: number): Promise<{ id: string; kind: string }[]> {
    const sql = await this.db.sql();
    const now = clock.now();
    return sql.query(`SELECT id, kind FROM job WHERE ${DUE} ORDER BY created LIMIT ${limit}`, [now, now]);
  }

  async expired(limit: number): Promise<JobRecord[]> {
    const sql = await this.db.sql();
    const rows = await sql.query<JobRow>(`SELECT * FROM job WHERE expires <= ? ORDER BY expires LIMIT ${limit}`, [clock.now()]);
    return rows.map(recordOf);
  }

  private held(id: string, holder: string, set: string, values: SqlValue[]): Promise<boolean> {
    const where = "WHERE id = ? AND holder = ? AND state = 'running'";
    return this.change(`UPDATE job SET ${set}, updated = ? ${where}`, [...values, clock.now(), id, holder]);
  }

  private change(sql: string, params: SqlValue[]): Promise<boolean> {
    return this.db.transaction(async (tx) => (await tx.run(sql, params)) > 0);
  }
}
