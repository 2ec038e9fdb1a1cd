import { placeholders, type Sql } from '../../../database';
import { padded } from './versions-as-of';
import type { VersionRef } from './walk';

const BATCH_BYTES = 4 * 1024 * 1024;
const BATCH_ROWS = 256;

/** The bodies of the given versions in their order, some megabytes in memory at a time (or one, if it is larger). */
export async function* versionBodies(sql: Sql, refs: readonly VersionRef[]): AsyncGenerator<Buffer[]> {
  for (let from = 0; from < refs.length; ) {
    const to = batchEnd(refs, from);
    yield await load(sql, refs.slice(from, to));
    from = to;
  }
}

function batchEnd(refs: readonly VersionRef[], from: number): number {
  let bytes = refs[from]!.bytes;
  let to = from + 1;
  while (to < refs.length && to - from < BATCH_ROWS && bytes + refs[to]!.bytes <= BATCH_BYTES) bytes += refs[to++]!.bytes;
  return to;
}

const keyOf = (resource: number, version: number): string => `${resource}/${version}`;

async function load(sql: Sql, refs: readonly VersionRef[]): Promise<Buffer[]> {
  const bodies = await currentBodies(sql, refs);
  const older = refs.filter((ref) => !bodies.has(keyOf(ref.resource, ref.version)));
  for (const [key, body] of await historicBodies(sql, older)) bodies.set(key, body);
  return refs.map(({ resource, version }) => {
    const body = bodies.get(keyOf(resource, version));
    if (!body) throw new Error(`Version ${version} of resource ${resource} is not in the history.`);
    return body;
  });
}

/** The store's own rendering, where it is still of this version: a newer mapper may have improved on the history's. */
async function currentBodies(sql: Sql, refs: readonly VersionRef[]): Promise<Map<string, Buffer>> {
  return bodiesOf(sql, 'SELECT id, version, body FROM fhir_resource', 'id', refs);
}

async function historicBodies(sql: Sql, refs: readonly VersionRef[]): Promise<Map<string, Buffer>> {
  return bodiesOf(sql, 'SELECT resource, version, body FROM fhir_history', 'resource', refs);
}

async function bodiesOf(sql: Sql, select: string, key: string, refs: readonly VersionRef[]): Promise<Map<string, Buffer>> {
  if (refs.length === 0) return new Map();
  const wanted = padded(refs);
  const versions = [...new Set(wanted.map((ref) => ref.version))];
  const values = padded(versions);
  const rows = await sql.rows(
    `${select} WHERE ${key} IN (${placeholders(wanted.length)}) AND version IN (${placeholders(values.length)})`,
    [...wanted.map((ref) => ref.resource), ...values],
  );
  return new Map(rows.map(([resource, version, body]) => [keyOf(Number(resource), Number(version)), body as Buffer]));
}
