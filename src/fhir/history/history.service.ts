import { Injectable } from '@nestjs/common';
import { resourceTypes } from '#libs/fhir';
import { placeholders, type Sql } from '../../database';
import { type Access, clock, forbidden, notFound, rulesFor, type Verb } from '../../kernel';
import { isDerivedProvenance } from '../derived/history-provenance';
import { CursorSecret, readPosition, signPosition } from '../search';
import { patientKeys } from '../search/access/patient-keys';
import { SearchReads } from '../search/cost/search-reads';
import { ResourceReader } from '../store';
import { type HistoryEntry, historyBundle } from './history-bundle';
import { countVersions, fetchVersions, type HistoryPosition, type HistoryQuery, type HistoryRow } from './history-query';
import type { HistoryRequest } from './history-request';
import { isReached, reachesOf } from './reach';

/** So many versions are looked into for one page, at most; a page may then be short, and links to the next. */
const MOST_JUDGED = 5_000;
/** How many more are fetched for each version a page lacks, where some of them will not be the caller’s. */
const SPARE = 4;

interface Page {
  rows: HistoryRow[];
  next?: HistoryPosition;
}

/** The history of one resource, of a type and of everything (R4 §3.1.0.13): every version that the caller may see. */
@Injectable()
export class HistoryService {
  constructor(
    private readonly reads: SearchReads,
    private readonly reader: ResourceReader,
    private readonly secret: CursorSecret,
  ) {}

  /**
   * The history Bundle as bytes. One resource's history is read (`r`), the others are searched (`s`). Throws
   * `not-found` for a resource of which the caller may see no version. Committed state, unless `within` is a transaction.
   */
  async history(access: Access, request: HistoryRequest, baseUrl: string, within?: Sql): Promise<Buffer> {
    const verb: Verb = request.id === undefined ? 's' : 'r';
    const types = typesFor(access, request, verb);
    if (isDerivedProvenance(request.type ?? '', request.id ?? '')) return this.ofProvenance(access, request, baseUrl, within);
    const at = clock.now();
    const sql = within ?? (await this.reads.reads(isShort(request)));
    const patients = await patientsOnFile(sql, access);
    const resource = await keyOf(sql, request);
    const query: HistoryQuery = { request, reaches: reachesOf(access, types, verb, patients), seesSensitive: access.seesSensitive, ...(resource !== undefined && { resource }) };
    const secret = await this.secret.get();
    const page = await fetchPage(sql, query, positionOf(secret, access, request), (row) => isReached(access, verb, patients, judged(row)));
    if (page.rows.length === 0 && request.id !== undefined) await this.assertSeen(sql, access, query, patients);
    const total = await totalOf(sql, query, page);
    return historyBundle({
      base: baseUrl,
      request,
      at,
      entries: page.rows.map(entryOf),
      ...(total !== undefined && { total }),
      ...(page.next && { next: signPosition(secret, access, questionOf(request), page.next) }),
    });
  }

  /** What history itself tells of a version is never changed. */
  private async ofProvenance(access: Access, request: HistoryRequest, base: string, within?: Sql): Promise<Buffer> {
    const only = await this.reader.read(access, request.type!, request.id!, within);
    const shown = (request.since === undefined || only.lastUpdated >= request.since) && (!request.at || only.lastUpdated < request.at.hi) && request.count > 0;
    return historyBundle({ base, request, at: clock.now(), entries: shown ? [only] : [], total: shown || request.count === 0 ? 1 : 0 });
  }

  /** Nothing since an instant is an answer; nothing ever is not. */
  private async assertSeen(sql: Sql, access: Access, query: HistoryQuery, patients: ReadonlyMap<string, number>): Promise<void> {
    const { type, id } = query.request;
    const ever: HistoryQuery = { ...query, request: { type: type!, id: id!, count: 1, oldestFirst: false, counted: false, used: [] } };
    const page = await fetchPage(sql, ever, undefined, (row) => isReached(access, 'r', patients, judged(row)));
    if (page.rows.length === 0) throw notFound(`${type}/${id}`);
  }
}

/** A page is read off an index; counting, and asking what was current then, may look at all there is. */
const isShort = ({ id, at, counted, count }: HistoryRequest): boolean => id !== undefined || !(at || counted || count === 0);

/** Throws `forbidden` where a type that is named, or every type, is out of reach. */
function typesFor(access: Access, { type, types }: HistoryRequest, verb: Verb): readonly string[] {
  const named = type === undefined ? types : [type];
  const refused = named?.find((one) => rulesFor(access, one, verb).length === 0);
  if (refused !== undefined) throw forbidden(`The token does not allow to ${verb === 'r' ? 'read' : 'search'} ${refused}.`);
  if (named) return named;
  const reached = resourceTypes.filter((one) => rulesFor(access, one, verb).length > 0);
  if (reached.length === 0) throw forbidden('The token does not allow to search any type.');
  return reached;
}

/** What is left of a deleted patient's chart is nobody's. */
async function patientsOnFile(sql: Sql, access: Access): Promise<Map<string, number>> {
  const keys = await patientKeys(sql, access.rules.flatMap((rule) => rule.patient ?? []));
  if (keys.size === 0) return keys;
  const alive = await sql.query<{ id: number }>(`SELECT id FROM fhir_resource WHERE deleted = 0 AND id IN (${placeholders(keys.size)})`, [...keys.values()]);
  const found = new Set(alive.map(({ id }) => id));
  return new Map([...keys].filter(([, key]) => found.has(key)));
}

async function keyOf(sql: Sql, { type, id }: HistoryRequest): Promise<number | undefined> {
  if (type === undefined || id === undefined) return undefined;
  const [row] = await sql.query<{ id: number }>('SELECT id FROM fhir_resource WHERE type = ? AND fhir_id = ?', [type, id]);
  if (!row) throw notFound(`${type}/${id}`);
  return row.id;
}

const questionOf = ({ type, id, used }: HistoryRequest): unknown => ['_history', type ?? '', id ?? '', used.filter(([name]) => name !== '_cursor')];

function positionOf(secret: string, access: Access, request: HistoryRequest): HistoryPosition | undefined {
  return request.cursor === undefined ? undefined : (readPosition(secret, access, questionOf(request), request.cursor) as HistoryPosition);
}

/** Full pages wherever there is enough: what is not the caller's is made up for before the page ends. */
async function fetchPage(sql: Sql, query: HistoryQuery, from: HistoryPosition | undefined, isVisible: (row: HistoryRow) => boolean): Promise<Page> {
  const { count } = query.request;
  if (count === 0) return { rows: [] };
  const looksInside = query.reaches.some((reach) => reach.judged);
  const rows: HistoryRow[] = [];
  let after = from;
  for (let seen = 0; seen < MOST_JUDGED; ) {
    const limit = looksInside ? (count + 1 - rows.length) * SPARE : count + 1;
    const found = await fetchVersions(sql, query, limit, after);
    rows.push(...(looksInside ? found.filter(isVisible) : found));
    if (rows.length > count) return { rows: rows.slice(0, count), next: place(rows[count - 1]!) };
    if (found.length < limit) return { rows };
    after = place(found.at(-1)!);
    seen += found.length;
  }
  return { rows, ...(after && { next: after }) };
}

const place = ([updated, resource, version]: HistoryRow): HistoryPosition => [Number(updated), Number(resource), Number(version)];

/** Told for free when one page holds everything; counted for one resource, and where it is asked for. */
async function totalOf(sql: Sql, query: HistoryQuery, page: Page): Promise<number | undefined> {
  const { cursor, count, id, counted } = query.request;
  if (!page.next && cursor === undefined && count > 0) return page.rows.length;
  return id !== undefined || counted || count === 0 ? countVersions(sql, query) : undefined;
}

const judged = ([, , , type, , operation, patient, body, deleted]: HistoryRow) => ({ type, patient: Number(patient), content: operation === 'delete' ? (deleted ?? body) : body });

function entryOf([lastUpdated, , version, type, id, operation, , body]: HistoryRow): HistoryEntry {
  return { type, id, version: Number(version), lastUpdated: Number(lastUpdated), operation, body };
}
