import type { Sql } from '../../database';
import { all, EMPTY, type Fragment, isIn, joined, name, sql, TRUE, wholeNumber } from '../search/sql/fragment';
import type { HistoryRequest } from './history-request';
import type { Reach } from './reach';

/** Where a page begins: behind this version, in the order of the page. */
export type HistoryPosition = readonly [lastUpdated: number, resource: number, version: number];

export interface HistoryQuery {
  request: HistoryRequest;
  reaches: readonly Reach[];
  /** Surrogate key of the one resource that is asked for. */
  resource?: number;
  seesSensitive: boolean;
}

export type HistoryRow = [lastUpdated: number, resource: number, version: number, type: string, fhirId: string, operation: 'create' | 'update' | 'delete', patient: number, body: Buffer, deleted: Buffer | null];

/**
 * At most `limit` versions behind `after`. Keys are found first, each part in the order of its index, so that bodies
 * are fetched for the page alone; of a deletion, what was deleted comes along to judge it by.
 */
export async function fetchVersions(db: Sql, query: HistoryQuery, limit: number, after: HistoryPosition | undefined): Promise<HistoryRow[]> {
  if (query.reaches.length === 0) return [];
  const parts = query.reaches.map((reach) => sql`SELECT * FROM (${keysOf(db, query, reach, limit, after)}) ${name(`u${query.reaches.indexOf(reach)}`)}`);
  const order = query.request.oldestFirst ? EMPTY : sql` DESC`;
  const ordered = (alias: string): Fragment => joined(['last_updated', 'resource', 'version'].map((column) => sql`${name(`${alias}.${column}`)}${order}`), ', ');
  const page = sql`SELECT k.last_updated, k.resource, k.version FROM (${joined(parts, ' UNION ALL ')}) k ORDER BY ${ordered('k')} LIMIT ${wholeNumber(limit)}`;
  const { text, params } = sql`SELECT h.last_updated, h.resource, h.version, h.type, h.fhir_id, h.operation, h.patient, h.body, d.body
    FROM (${page}) p CROSS JOIN fhir_history h ON h.resource = p.resource AND h.version = p.version
    LEFT JOIN fhir_history d ON h.operation = 'delete' AND d.resource = h.resource AND d.version = h.version - 1
    ORDER BY ${ordered('h')}`;
  return (await db.rows(text, params)) as HistoryRow[];
}

/** How many versions there are in all, where no part has to be looked into. */
export async function countVersions(db: Sql, query: HistoryQuery): Promise<number | undefined> {
  if (query.reaches.some((reach) => reach.judged)) return undefined;
  if (query.reaches.length === 0) return 0;
  const counts = query.reaches.map((reach) => sql`(SELECT COUNT(*) FROM fhir_history h WHERE ${matching(query, reach)})`);
  const { text, params } = sql`SELECT ${joined(counts, ' + ')}`;
  const [row] = await db.rows(text, params);
  return Number(row![0]);
}

function keysOf(db: Sql, query: HistoryQuery, reach: Reach, limit: number, after: HistoryPosition | undefined): Fragment {
  const { oldestFirst } = query.request;
  const order = oldestFirst ? sql`h.last_updated, h.resource, h.version` : sql`h.last_updated DESC, h.resource DESC, h.version DESC`;
  const where = all([matching(query, reach), after ? behind(after, oldestFirst) : TRUE]);
  return sql`SELECT h.last_updated, h.resource, h.version FROM fhir_history h${indexOf(db, query, reach)} WHERE ${where} ORDER BY ${order} LIMIT ${wholeNumber(limit)}`;
}

/** Given a choice, databases would rather collect all versions of some types and sort them. */
function indexOf(db: Sql, { resource }: HistoryQuery, { patient, types }: Reach): Fragment {
  if (resource !== undefined) return EMPTY;
  const index = name(patient !== undefined ? 'fhir_history_patient' : types?.length === 1 ? 'fhir_history_updated' : 'fhir_history_time');
  return db.dialect === 'sqlite' ? sql` INDEXED BY ${index}` : sql` FORCE INDEX (${index})`;
}

/** A label put on today is about what was written yesterday too: neither the version bears one, nor the latest of its resource. */
const UNRESTRICTED: Fragment = sql`h.restricted = ${0} AND NOT EXISTS (SELECT 1 FROM fhir_resource c CROSS JOIN fhir_history l ON l.resource = c.id AND l.version = c.version WHERE c.id = h.resource AND l.restricted <> ${0})`;

function matching({ request, resource, seesSensitive }: HistoryQuery, { types, patient }: Reach): Fragment {
  return all([
    resource === undefined ? TRUE : sql`h.resource = ${resource}`,
    types ? isIn(name('h.type'), types) : TRUE,
    patient === undefined ? TRUE : sql`h.patient = ${patient}`,
    seesSensitive ? TRUE : UNRESTRICTED,
    request.since === undefined ? TRUE : sql`h.last_updated >= ${request.since}`,
    request.at ? currentWithin(request.at.lo, request.at.hi) : TRUE,
  ]);
}

/** A version is current until the next one is made; a deletion leaves nothing current, so it counts when it happens. */
function currentWithin(lo: number, hi: number): Fragment {
  return sql`h.last_updated < ${hi} AND (h.last_updated >= ${lo} OR (h.operation <> 'delete'
    AND NOT EXISTS (SELECT 1 FROM fhir_history n WHERE n.resource = h.resource AND n.version = h.version + 1 AND n.last_updated <= ${lo})))`;
}

function behind([updated, resource, version]: HistoryPosition, oldestFirst: boolean): Fragment {
  const than = oldestFirst ? sql`>` : sql`<`;
  // The first condition is implied by the second; it is what an index can begin at.
  return sql`h.last_updated ${than}= ${updated} AND (h.last_updated ${than} ${updated}
    OR h.resource ${than} ${resource} OR (h.resource = ${resource} AND h.version ${than} ${version}))`;
}
