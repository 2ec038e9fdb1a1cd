import { extractIndexEntries, type FhirResource, parseJson } from '#libs/fhir';
import { Overtaken, type SqlValue, type Tx } from '../../database';
import { clock } from '../../kernel';
import type { Author } from './author';
import { type Item, isLive, type Written } from './change';
import type { Current } from './current';
import { diffIndexRows, insertIndexRows, removeIndexRows } from './index-writer';
import { type IndexRows, indexRows } from './index-rows';
import { PatientKeys } from './patient-keys';
import { resourceTable, historyTable } from './tables';
import { bodyOf, newVersion, type NewVersion, stamp } from './version';

/** An item with everything its rows need. */
interface Ready {
  item: Item;
  key: number;
  version: number;
  next?: NewVersion;
  patient: number;
}

/** The one place that writes resources, their history and their indexes. Multi-row throughout. */
export async function persist(tx: Tx, author: Author, items: readonly Item[]): Promise<Written[]> {
  const at = clock.now();
  const written = items.map((item) => unchanged(item));
  const ready = await prepare(tx, at, items.filter((_, index) => !written[index]));
  await tx.insert(resourceTable.name, RESOURCE_COLUMNS, ready.filter((r) => !r.item.current).map((r) => resourceRow(r, at)));
  for (const one of ready) if (one.item.current) await updateResource(tx, one, at);
  await tx.insert(historyTable.name, HISTORY_COLUMNS, ready.map((r) => historyRow(r, at, author)));
  await writeIndexes(tx, ready);
  await adoptUnchanged(tx, items, written);
  const done = ready.map((r) => toWritten(r, at));
  return written.map((same) => same ?? done.shift()!);
}

/** A write that says what is stored already is no new version. */
function unchanged(item: Item): Written | undefined {
  const { current, resource } = item;
  if (!isLive(current) || !resource) return undefined;
  const same = bodyOf(stamp(resource, item.id, current.version, current.lastUpdated));
  if (!same.equals(current.body)) return undefined;
  return { type: item.type, id: item.id, version: current.version, lastUpdated: current.lastUpdated, outcome: 'unchanged', body: current.body };
}

async function prepare(tx: Tx, at: number, items: readonly Item[]): Promise<Ready[]> {
  const fresh = items.filter((item) => !item.current).length;
  let key = fresh > 0 ? await tx.numbers('fhir_resource', fresh) : 0;
  const patients = new PatientKeys(tx);
  const ready = items.map((item): Ready => {
    const version = (item.current?.version ?? 0) + 1;
    const next = item.resource && newVersion(item.resource, item.id, version, at);
    return { item, key: item.current?.id ?? key++, version, ...(next && { next }), patient: item.current?.patient ?? 0 };
  });
  for (const one of ready) if (one.item.type === 'Patient') patients.learn(one.item.id, one.key);
  await patients.load(ready.flatMap((one) => one.next?.patients ?? []));
  for (const one of ready) if (one.next) one.patient = patients.keyFor(one.next.patients);
  return ready;
}

const RESOURCE_COLUMNS = ['id', 'type', 'fhir_id', 'version', 'deleted', 'patient', 'restricted', 'last_updated', 'source', 'source_key', 'source_part', 'source_version', 'body'];

const EMPTY = Buffer.alloc(0);

function resourceRow({ item, key, version, next, patient }: Ready, at: number): SqlValue[] {
  const source = item.source;
  return [
    key, item.type, item.id, version, next ? 0 : 1, patient, next?.sensitive ? 1 : 0, at,
    source?.key ?? null, source?.rowKey ?? null, source?.part ?? null, source?.version ?? null, next?.body ?? EMPTY,
  ];
}

const UPDATE = `UPDATE fhir_resource SET version = ?, deleted = ?, patient = ?, restricted = ?, last_updated = ?,
  source = ?, source_key = ?, source_part = ?, source_version = ?, body = ? WHERE id = ? AND version = ?`;

async function updateResource(tx: Tx, ready: Ready, at: number): Promise<void> {
  const [, , , ...values] = resourceRow(ready, at);
  const changed = await tx.run(UPDATE, [...values, ready.key, ready.item.current!.version]);
  if (changed !== 1) throw new Overtaken();
}

const HISTORY_COLUMNS = [
  'resource', 'version', 'type', 'fhir_id', 'operation', 'patient', 'restricted', 'last_updated',
  'author', 'author_name', 'client', 'reason', 'request_id', 'body',
];

function historyRow({ item, key, version, next, patient }: Ready, at: number, author: Author): SqlValue[] {
  const operation = next ? (isLive(item.current) ? 'update' : 'create') : 'delete';
  const sensitive = next ? next.sensitive : (item.current?.sensitive ?? false);
  return [
    key, version, item.type, item.id, operation, patient, sensitive ? 1 : 0, at,
    author.author.slice(0, 128), author.authorName.slice(0, 190), author.client, author.reason?.slice(0, 255) ?? null, author.requestId, next?.body ?? EMPTY,
  ];
}

async function writeIndexes(tx: Tx, ready: readonly Ready[]): Promise<void> {
  const added: IndexRows[] = [];
  const removed: IndexRows[] = [];
  for (const one of ready) {
    const next = one.next && indexRows(one.next.entries, one.patient, one.key);
    const previous = isLive(one.item.current) ? storedIndexRows(one.item.current) : undefined;
    const difference = diffIndexRows(previous, next);
    added.push(difference.added);
    removed.push(difference.removed);
  }
  await removeIndexRows(tx, removed);
  await insertIndexRows(tx, added);
}

function storedIndexRows(current: Current): IndexRows {
  return indexRows(extractIndexEntries(parseJson(current.body.toString()) as FhirResource), current.patient, current.id);
}

/** A resource may come to belong to a domain row without changing itself. */
async function adoptUnchanged(tx: Tx, items: readonly Item[], written: readonly (Written | undefined)[]): Promise<void> {
  for (const [index, { current, source }] of items.entries()) {
    if (!written[index] || !current || (current.source === (source?.key ?? null) && current.sourceKey === (source?.rowKey ?? null))) continue;
    await tx.run('UPDATE fhir_resource SET source = ?, source_key = ?, source_part = ?, source_version = ? WHERE id = ?', [source?.key ?? null, source?.rowKey ?? null, source?.part ?? null, source?.version ?? null, current.id]);
  }
}

function toWritten({ item, version, next }: Ready, at: number): Written {
  const outcome = next ? (isLive(item.current) ? 'updated' : 'created') : 'deleted';
  return { type: item.type, id: item.id, version, lastUpdated: at, outcome, body: next?.body ?? EMPTY };
}
