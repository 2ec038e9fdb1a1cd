import { type FhirResource, mergeChanges, parseJson, type Rendered, deepEqual } from '#libs/fhir';
import type { Tx } from '../../database';
import { groupBy, uuidFrom } from '../../kernel';
import { type Item, isLive } from './change';
import { type Current, loadBySource } from './current';
import type { RegisteredSource, RowChange, SourceRow } from './source-store';

/**
 * What changed rows mean for the resources they yield: new ones, merged ones, deleted ones.
 * `settled` names parts (`rowKey part`) that a FHIR write has already decided and that are left alone.
 */
export async function projectRows(tx: Tx, registered: RegisteredSource, changes: readonly RowChange<SourceRow>[], settled: ReadonlySet<string> = new Set()): Promise<Item[]> {
  const { source } = registered;
  const stored = groupBy(await loadBySource(tx, source.key, changes.flatMap(existingKey)), (current) => current.sourceKey);
  return changes.flatMap((change) => {
    const rowKey = (change.after ?? change.before)!.uuid;
    const current = new Map((stored.get(rowKey) ?? []).map((one) => [one.sourcePart ?? '', one]));
    return projectRow(registered, change, rowKey, current).filter((item) => !settled.has(partName(rowKey, item.source?.part ?? item.current?.sourcePart ?? '')));
  });
}

export const partName = (rowKey: string, part: string): string => `${rowKey} ${part}`;

/** A row that was not there before cannot have resources yet. */
const existingKey = (change: RowChange<SourceRow>): string[] => (change.before ? [change.before.uuid] : []);

function projectRow({ source }: RegisteredSource, change: RowChange<SourceRow>, rowKey: string, stored: Map<string, Current>): Item[] {
  const before = byPart(change.before ? source.toFhir(change.before) : []);
  const after = byPart(change.after ? source.toFhir(change.after) : []);
  const gone = [...before.keys()].filter((part) => !after.has(part)).flatMap((part) => deletion(stored.get(part)));
  const kept = [...after.values()].flatMap(({ part, resource }) => {
    const ref = { key: source.key, rowKey, part, version: source.version };
    const current = stored.get(part);
    if (!isLive(current)) return [{ type: resource.resourceType, id: current?.fhirId ?? idOf(rowKey, part), resource, source: ref, ...(current && { current }) }];
    const previous = before.get(part)?.resource ?? {};
    if (deepEqual(previous, resource)) return [];
    const merged = mergeChanges(previous, resource, parseJson(current.body.toString()) as FhirResource) as FhirResource;
    return [{ type: current.type, id: current.fhirId, resource: merged, current, source: ref }];
  });
  return [...gone, ...kept];
}

const byPart = (rendered: Rendered[]): Map<string, Rendered> => new Map(rendered.map((one) => [one.part, one]));

const deletion = (current: Current | undefined): Item[] => (isLive(current) ? [{ type: current.type, id: current.fhirId, current }] : []);

/** A whole row shares its key with its resource; parts of a row have ids that follow from it. */
export const idOf = (rowKey: string, part: string): string => (part === '' ? rowKey : uuidFrom(rowKey, part));
