import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit';
import type { Tx } from '../../database';
import { type Access, conflict, notFound, SalusError, type Verb } from '../../kernel';
import { authoriseWrite } from './authorise';
import { authorOf } from './author';
import { type Change, isLive, type Item, type Written } from './change';
import { type Current, loadByNames } from './current';
import { noteWritten } from './note-written';
import { persist } from './persist';
import { projectRows } from './projection';
import { settle } from './settle';
import { SourceRegistry } from './source-registry';
import type { RowChange, SourceRow } from './source-store';

/**
 * The one write path. History, indexes, domain tables and the audit row commit with the resource or not at all.
 * A change of a FHIR resource enters by `apply`, a change of a domain row by `project`.
 */
@Injectable()
export class ResourceWriter {
  constructor(
    private readonly registry: SourceRegistry,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Applies changes in one go; results in their order. Each resource may be named once.
   * Throws `forbidden`, `not-found`, `conflict`, `precondition-failed`; then nothing of the transaction may be kept.
   */
  async apply(tx: Tx, access: Access, changes: readonly Change[], reason: string | null = null): Promise<Written[]> {
    const stored = await loadByNames(tx, changes);
    const items = changes.map((change) => toItem(change, stored.get(`${change.type}/${change.id}`)));
    for (const [index, item] of items.entries()) authoriseWrite(access, verbOf(changes[index]!, item), item);
    const effective = items.filter((item) => item.resource || isLive(item.current));
    const followers = await settle(tx, this.registry, effective);
    const persisted = await persist(tx, authorOf(access, reason), [...effective, ...followers]);
    const written = items.map((item) => persisted[effective.indexOf(item)] ?? alreadyGone(item));
    noteWritten(items, written);
    await this.audit.recordWrite(tx, access);
    return written;
  }

  /** Carries changed rows of the source `key` over to their resources. The caller has stored the rows in `tx`. */
  async project<Row extends SourceRow>(tx: Tx, access: Access, key: string, changes: readonly RowChange<Row>[]): Promise<Written[]> {
    const items = await projectRows(tx, this.registry.get(key), changes as readonly RowChange<SourceRow>[]);
    const written = await persist(tx, authorOf(access), items);
    await this.audit.recordWrite(tx, access);
    return written;
  }
}

function toItem(change: Change, current: Current | undefined): Item {
  if (change.op === 'create' && isLive(current)) throw conflict(`${change.type}/${change.id} exists already.`);
  if (change.op === 'update' && change.mustExist && !isLive(current)) throw notFound(`${change.type}/${change.id}`);
  checkVersion(change, current);
  const base = { type: change.type, id: change.id, ...(current && { current }) };
  return change.op === 'delete' ? base : { ...base, resource: change.resource };
}

/** `If-Match` (RFC 9110 §13.1.1). */
function checkVersion(change: Change, current: Current | undefined): void {
  if (change.op === 'create' || change.ifMatch === undefined) return;
  if (isLive(current) && current.version === change.ifMatch) return;
  throw new SalusError('precondition-failed', 'The resource is not at the version named in If-Match; read it again.');
}

/** Updating what is not there creates it, and needs the right to. */
function verbOf(change: Change, item: Item): Verb {
  if (change.op === 'delete') return 'd';
  return change.op === 'create' || !isLive(item.current) ? 'c' : 'u';
}

/** Deleting what is not there is done already. */
function alreadyGone({ type, id, current }: Item): Written {
  return { type, id, version: current?.version ?? 0, lastUpdated: current?.lastUpdated ?? 0, outcome: 'unchanged', body: Buffer.alloc(0) };
}
