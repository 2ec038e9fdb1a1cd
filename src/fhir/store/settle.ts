import type { FhirResource, Placed } from '#libs/fhir';
import type { Tx } from '../../database';
import { groupBy } from '../../kernel';
import type { Item } from './change';
import { partName, projectRows } from './projection';
import type { SourceRegistry } from './source-registry';
import type { Incoming, RegisteredSource, RowChange, SourceRow } from './source-store';

interface Claimed {
  item: Item;
  placed: Placed<SourceRow>;
}

/**
 * Brings the domain tables in step with resources that are about to be written or deleted through FHIR.
 * Fills `item.source`; returns the further items that follow (siblings of a row that changed with it).
 */
export async function settle(tx: Tx, registry: SourceRegistry, items: readonly Item[]): Promise<Item[]> {
  const claims = claimAll(registry, items);
  const changes = new Map<string, RowChange<SourceRow>[]>();
  const note = (key: string, more: readonly RowChange<SourceRow>[]) => changes.set(key, [...(changes.get(key) ?? []), ...more]);
  for (const registered of registry.all()) {
    const { key } = registered.source;
    note(key, await releaseParts(tx, registered, items.filter((item) => item.current?.source === key && claims.get(item)?.registered !== registered)));
    note(key, await placeParts(tx, registered, claimedBy(claims, registered)));
  }
  const settled = new Set(items.flatMap((item) => settledParts(item)));
  const followers: Item[] = [];
  for (const registered of registry.all()) {
    const own = changes.get(registered.source.key) ?? [];
    if (own.length > 0) followers.push(...(await projectRows(tx, registered, own, settled)));
  }
  return followers;
}

function claimAll(registry: SourceRegistry, items: readonly Item[]) {
  const claims = new Map<Item, { registered: RegisteredSource; placed: Placed<SourceRow> }>();
  for (const item of items) {
    const claim = item.resource && registry.claim(item.resource as FhirResource);
    if (claim) claims.set(item, claim as { registered: RegisteredSource; placed: Placed<SourceRow> });
  }
  return claims;
}

function claimedBy(claims: ReturnType<typeof claimAll>, registered: RegisteredSource): Claimed[] {
  return [...claims].flatMap(([item, claim]) => (claim.registered === registered ? [{ item, placed: claim.placed }] : []));
}

/** Both where the resource was and where it is now. */
function settledParts({ current, source }: Item): string[] {
  const was = current?.sourceKey ? [partName(current.sourceKey, current.sourcePart ?? '')] : [];
  return source ? [...was, partName(source.rowKey, source.part)] : was;
}

async function releaseParts(tx: Tx, { store }: RegisteredSource, items: readonly Item[]): Promise<RowChange<SourceRow>[]> {
  if (items.length === 0) return [];
  const rows = (await store.load(tx, items.map((item) => item.current!.sourceKey!))) as Map<string, SourceRow>;
  const parts = items.flatMap((item) => {
    const row = rows.get(item.current!.sourceKey!);
    return row ? [{ row, part: item.current!.sourcePart ?? '' }] : [];
  });
  return store.release(tx, parts);
}

async function placeParts(tx: Tx, registered: RegisteredSource, claimed: readonly Claimed[]): Promise<RowChange<SourceRow>[]> {
  if (claimed.length === 0) return [];
  const { source, store } = registered;
  const owned = claimed.filter(({ item }) => item.current?.source === source.key);
  const rows = (await store.load(tx, owned.map(({ item }) => item.current!.sourceKey!))) as Map<string, SourceRow>;
  const incoming = claimed.map(({ item, placed }): Incoming<SourceRow> => {
    const row = item.current?.source === source.key ? rows.get(item.current.sourceKey!) : undefined;
    return { id: item.id, part: placed.part, columns: placed.columns, ...(row && { row }) };
  });
  const placement = await store.place(tx, incoming);
  for (const [index, { item, placed }] of claimed.entries()) {
    const rowKey = placement.keys[index];
    if (rowKey) item.source = { key: source.key, rowKey, part: placed.part, version: source.version };
  }
  return mergeRowChanges(placement.changes);
}

/** Several parts may have touched one row; it changed once. */
function mergeRowChanges(changes: readonly RowChange<SourceRow>[]): RowChange<SourceRow>[] {
  const byRow = groupBy(changes, (change) => (change.after ?? change.before)!.uuid);
  return [...byRow.values()].map((list) => {
    const before = list[0]!.before;
    const after = list.at(-1)!.after;
    return { ...(before && { before }), ...(after && { after }) };
  });
}
