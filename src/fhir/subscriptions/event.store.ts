import { Injectable } from '@nestjs/common';
import { Db, placeholders, type Sql, type Tx } from '../../database';
import { type Access, clock } from '../../kernel';
import { mayRead } from '../store';
import type { EventOperation } from './define/topics';
import type { StoredSubscription } from './subscription.store';

/** A write that concerns a subscription. */
export interface NewEvent {
  subscription: string;
  type: string;
  id: string;
  version: number;
  operation: EventOperation;
  at: number;
}

/** An event with the version it is about, for whoever may see that. */
export interface SubscriptionEvent extends NewEvent {
  seq: number;
  number: number;
  /** Empty for a deletion. Absent where the reader may not see it (any more). */
  body?: Buffer;
}

interface Row {
  subscription: string; seq: number; number: number; type: string; fhir_id: string; version: number; operation: EventOperation; at: number;
  body: Buffer | null; before_body: Buffer | null; restricted: number | null; restricted_now: number | null;
}

const COLUMNS = ['subscription', 'seq', 'number', 'type', 'fhir_id', 'version', 'operation', 'at'];

/** Events numbered in one go. */
const AT_ONCE = 200;
/** So long, and so many at most, `$events` can tell. */
const KEPT_MS = 7 * 86_400_000;
const KEPT = 100_000;

/** Table `fhir_subscription_event` on the current site. */
@Injectable()
export class EventStore {
  constructor(private readonly db: Db) {}

  /** In the transaction of the write; what the owner may not see is sorted out later. */
  async add(tx: Tx, events: readonly NewEvent[]): Promise<void> {
    const first = await tx.numbers('fhir_subscription_event', events.length);
    await tx.insert('fhir_subscription_event', COLUMNS, events.map((one, index) => [one.subscription, first + index, 0, one.type, one.id, one.version, one.operation, one.at]));
  }

  /**
   * Numbers what has come in: the owner's to see gets the next numbers, the rest is dropped, so that nothing can be
   * inferred from a gap. Returns the last number given. Two at once do not both succeed.
   */
  async number(subscription: StoredSubscription, access: Access): Promise<number> {
    let last = subscription.numbered;
    for (;;) {
      const done = await this.db.transaction((tx) => this.numberSome(tx, { ...subscription, numbered: last }, access));
      last = done.last;
      if (done.seen < AT_ONCE) return last;
    }
  }

  private async numberSome(tx: Tx, { id, numbered }: StoredSubscription, access: Access): Promise<{ last: number; seen: number }> {
    const events = await this.select(tx, access, 'e.subscription = ? AND e.number = 0 ORDER BY e.seq', [id], AT_ONCE);
    if (events.length === 0) return { last: numbered, seen: 0 };
    const shown = events.filter(({ body }) => body !== undefined);
    const hidden = events.filter(({ body }) => body === undefined);
    const last = numbered + shown.length;
    const first = await tx.run('UPDATE fhir_subscription SET numbered = ? WHERE id = ? AND numbered = ?', [last, id, numbered]);
    if (first !== 1 && shown.length > 0) return { last: numbered, seen: 0 };
    for (const [index, { seq }] of shown.entries()) await tx.run('UPDATE fhir_subscription_event SET number = ? WHERE subscription = ? AND seq = ?', [numbered + index + 1, id, seq]);
    if (hidden.length > 0) await tx.run(`DELETE FROM fhir_subscription_event WHERE subscription = ? AND seq IN (${placeholders(hidden.length)})`, [id, ...hidden.map(({ seq }) => seq)]);
    return { last, seen: events.length };
  }

  /** Numbers above `after` up to `until`, in their order. */
  async between(subscription: string, access: Access, after: number, until: number, limit: number): Promise<SubscriptionEvent[]> {
    return this.select(await this.db.sql(), access, 'e.subscription = ? AND e.number > ? AND e.number <= ? ORDER BY e.number', [subscription, after, until], limit);
  }

  /** What is delivered and old, or too much; and what a process that had not heard of a deletion wrote afterwards. */
  async clear({ id, delivered }: StoredSubscription): Promise<void> {
    await this.db.transaction(async (tx) => {
      await tx.run('DELETE FROM fhir_subscription_event WHERE subscription = ? AND number > 0 AND number <= ? AND (at < ? OR number <= ?)', [id, delivered, clock.now() - KEPT_MS, delivered - KEPT]);
      await tx.run('DELETE FROM fhir_subscription_event WHERE number = 0 AND subscription NOT IN (SELECT id FROM fhir_subscription)');
    });
  }

  private async select(sql: Sql, access: Access, where: string, params: (string | number)[], limit: number): Promise<SubscriptionEvent[]> {
    const rows = await sql.query<Row>(
      `SELECT e.subscription, e.seq, e.number, e.type, e.fhir_id, e.version, e.operation, e.at, h.body, h.restricted, l.restricted AS restricted_now, d.body AS before_body
       FROM fhir_subscription_event e LEFT JOIN fhir_resource r ON r.type = e.type AND r.fhir_id = e.fhir_id
       LEFT JOIN fhir_history h ON h.resource = r.id AND h.version = e.version
       LEFT JOIN fhir_history l ON l.resource = r.id AND l.version = r.version
       LEFT JOIN fhir_history d ON d.resource = r.id AND d.version = e.version - 1 AND e.operation = 'delete'
       WHERE ${where} LIMIT ${limit}`,
      params,
    );
    return rows.map((row) => eventOf(row, access));
  }
}

/** A deletion is as visible as what was deleted. */
function eventOf({ body, before_body, restricted, restricted_now, fhir_id, ...row }: Row, access: Access): SubscriptionEvent {
  const content = row.operation === 'delete' ? before_body : body;
  const visible = body && content && !((restricted || restricted_now) && !access.seesSensitive) && mayRead(access, row.type, content);
  return { ...row, seq: Number(row.seq), number: Number(row.number), at: Number(row.at), id: fhir_id, ...(visible && { body }) };
}
