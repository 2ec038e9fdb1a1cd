import type { Sql } from '../../../database';
import type { StoredRow } from '../../search/include/stored-row';
import { all, type Fragment, isIn, name, sql as fragment, TRUE, wholeNumber } from '../../search/sql/fragment';

/** Resources of an answer, in the order of chart, type and key. */
export interface Walk {
  /** Rows go by the alias `c`. */
  from: Fragment;
  where: Fragment;
  order: 'c.patient' | 'c.type';
}

/** The last resource of a page. */
export type Place = [patient: number, type: string, id: number];

export interface Walked {
  rows: StoredRow[];
  /** True where the walk goes on behind the last row. */
  more: boolean;
}

/** Rows of one statement; what is longer than this is fetched apart, so that a page of large documents fits in memory. */
const CHUNK = 1000;
const INLINE_BYTES = 16 * 1024;
/** One answer holds no more than this, but always one resource. */
const MOST_BYTES = 16 * 1024 * 1024;

interface Found extends Omit<StoredRow, 'body'> {
  length: number;
  body: Buffer | null;
}

/** At most `limit` resources behind `after`, fewer where they are large. */
export async function walked(sql: Sql, walk: Walk, limit: number, after: Place | undefined): Promise<Walked> {
  const found: Found[] = [];
  let bytes = 0;
  for (let place = after; ; place = placeOf(found.at(-1)!)) {
    const size = Math.min(CHUNK, limit + 1 - found.length);
    const chunk = await chunkOf(sql, walk, size, place);
    for (const one of chunk) {
      if (found.length === limit || (found.length > 0 && bytes + one.length > MOST_BYTES)) return { rows: await whole(sql, found), more: true };
      found.push(one);
      bytes += one.length;
    }
    if (chunk.length < size) return { rows: await whole(sql, found), more: false };
  }
}

export const placeOf = ({ patient, type, id }: Pick<StoredRow, 'patient' | 'type' | 'id'>): Place => [patient, type, id];

async function chunkOf(sql: Sql, walk: Walk, size: number, after: Place | undefined): Promise<Found[]> {
  const { text, params } = fragment`SELECT c.id, c.type, c.fhir_id, c.patient, LENGTH(c.body), CASE WHEN LENGTH(c.body) <= ${INLINE_BYTES} THEN c.body END
    FROM ${walk.from} WHERE ${all([behind(walk.order, after), fragment`c.deleted = ${0}`, walk.where])} ORDER BY ${orderBy(walk.order)} LIMIT ${wholeNumber(size)}`;
  const rows = await sql.rows(text, params);
  return rows.map(([id, type, fhirId, patient, length, body]) => ({ id, type, fhirId, patient, length: Number(length), body }) as Found);
}

const orderBy = (order: Walk['order']): Fragment => (order === 'c.patient' ? fragment`c.patient, c.type, c.id` : fragment`c.type, c.id`);

function behind(order: Walk['order'], after: Place | undefined): Fragment {
  if (!after) return TRUE;
  const [patient, type, id] = after;
  const within = fragment`(c.type > ${type} OR (c.type = ${type} AND c.id > ${id}))`;
  return order === 'c.type' ? within : fragment`(c.patient > ${patient} OR (c.patient = ${patient} AND ${within}))`;
}

/** Large bodies a few at a time: together they are within the bound already. */
async function whole(sql: Sql, found: readonly Found[]): Promise<StoredRow[]> {
  const missing = found.filter(({ body }) => body === null).map(({ id }) => id);
  const bodies = new Map<number, Buffer>();
  for (let at = 0; at < missing.length; at += CHUNK) {
    const { text, params } = fragment`SELECT c.id, c.body FROM fhir_resource c WHERE ${isIn(name('c.id'), missing.slice(at, at + CHUNK))}`;
    for (const [id, body] of await sql.rows(text, params)) bodies.set(id as number, body as Buffer);
  }
  return found.map(({ length: _, ...row }) => ({ ...row, body: row.body ?? bodies.get(row.id)! }));
}
