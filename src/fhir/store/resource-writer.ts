import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit';
import type { Tx } from '../../database';
import { type Access, SalusError } from '../../kernel';
import { authorOf } from './author';
import { type Change, isLive, type Item, RefusedChange, type Written } from './change';
import { loadByNames } from './current';
import { judgeChange } from './judge-change';
import { noteWritten } from './note-written';
import { persist } from './persist';
import { projectRows } from './projection';
import { settle } from './settle';
import { SourceRegistry } from './source-registry';
import type { RowChange, SourceRow } from './source-store';
import { WriteObservers } from './write-observers';

/**
 * The one write path. History, indexes, domain tables and the audit row commit with the resource or not at all.
 * A change of a FHIR resource enters by `apply`, a change of a domain row by `project`.
 */
@Injectable()
export class ResourceWriter {
  constructor(
    private readonly registry: SourceRegistry,
    private readonly audit: AuditLog,
    private readonly observers: WriteObservers = new WriteObservers(),
  ) {}

  /**
   * Applies changes in one go; results in their order. Each resource may be named once.
   * Throws `RefusedChange` (`forbidden`, `not-found`, `conflict`, `precondition-failed`); then nothing of the transaction may be kept.
   */
  async apply(tx: Tx, access: Access, given: readonly Change[], reason: string | null = null): Promise<Written[]> {
    const changes = given.map((change) => this.observers.complete(access, change));
    const stored = await loadByNames(tx, changes.filter((change) => !('fresh' in change && change.fresh)));
    const items = changes.map((change, index) => judged(index, () => judgeChange(access, change, stored.get(`${change.type}/${change.id}`))));
    const effective = items.filter((item) => item.resource || isLive(item.current));
    await this.observers.prepare(tx, access, effective);
    const followers = await settle(tx, this.registry, effective);
    const persisted = await this.store(tx, access, [...effective, ...followers], reason);
    const written = items.map((item) => persisted[effective.indexOf(item)] ?? alreadyGone(item));
    noteWritten(items, written);
    await this.audit.recordWrite(tx, access);
    return written;
  }

  /** Carries changed rows of the source `key` over to their resources. The caller has stored the rows in `tx`. */
  async project<Row extends SourceRow>(tx: Tx, access: Access, key: string, changes: readonly RowChange<Row>[]): Promise<Written[]> {
    const items = await projectRows(tx, this.registry.get(key), changes as readonly RowChange<SourceRow>[]);
    const written = await this.store(tx, access, items);
    await this.audit.recordWrite(tx, access);
    return written;
  }

  private async store(tx: Tx, access: Access, items: readonly Item[], reason: string | null = null): Promise<Written[]> {
    const written = await persist(tx, authorOf(access, reason), items);
    await this.observers.written(tx, access, items, written);
    return written;
  }
}

/** Says which of the changes is refused. */
function judged(index: number, judge: () => Item): Item {
  try {
    return judge();
  } catch (error) {
    throw error instanceof SalusError ? new RefusedChange(index, error) : error;
  }
}

/** Deleting what is not there is done already. */
function alreadyGone({ type, id, current }: Item): Written {
  return { type, id, version: current?.version ?? 0, lastUpdated: current?.lastUpdated ?? 0, outcome: 'unchanged', body: Buffer.alloc(0) };
}
