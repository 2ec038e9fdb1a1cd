import { Injectable } from '@nestjs/common';
import { type Expression, type OutcomeIssue, type SearchRequest } from '#libs/fhir';
import { Db, type Sql } from '../../database';
import type { Access, Verb } from '../../kernel';
import { requireRule } from './access/access-condition';
import { searchsetBytes } from './bundle/searchset';
import { included, MAX_INCLUDED } from './include/included';
import { historyProvenance } from './include/provenance';
import { type StoredRow, storedRow } from './include/stored-row';
import { readCursor, writeCursor } from './page/cursor';
import { fetchPage } from './page/fetch-page';
import { countQuery, namesQuery } from './page/order-by-key';
import { PreparedSearch } from './page/run-search';
import { CursorSecret } from './page/secret';
import { readCriteria, readRequest } from './read-request';

export type Parameters = readonly (readonly [string, string])[];

export interface SearchOptions {
  /** Base URL of this FHIR endpoint. */
  baseUrl: string;
  /** `Prefer: handling=strict`: an unknown parameter is an error. */
  strict?: boolean;
  /** Only what lies in the compartment of this patient (R4 §3.1.1.2.2). */
  compartment?: { patient: string };
  /** Reads within a transaction (call `prepare` before it began); committed state by default. */
  sql?: Sql;
}

export interface CriteriaOptions {
  limit: number;
  /** Rights that must reach a match; searching by default. */
  verbs?: readonly Verb[];
  /** Reads within a transaction; committed state by default. */
  sql?: Sql;
}

/** FHIR search (R4 §3.1.1): parameters in, Bundle out, and nothing that the caller may not see. */
@Injectable()
export class SearchService {
  constructor(
    private readonly db: Db,
    private readonly secret: CursorSecret,
  ) {}

  /** Makes what the first search of a site makes: a transaction cannot wait for another one to do so. */
  async prepare(): Promise<void> {
    await this.secret.get();
  }

  /** The searchset Bundle as bytes. Throws `forbidden` without any right to search the type, `invalid` for a bad search. */
  async search(access: Access, type: string, parameters: Parameters, options: SearchOptions): Promise<Buffer> {
    requireRule(access, type, ['s']);
    const request = readRequest(type, parameters, options.baseUrl, options.strict ?? false);
    const filters = [...compartmentFilter(options), ...request.filters];
    const search = await PreparedSearch.of(options.sql ?? (await this.db.sql()), access, { type, filters }, ['s']);
    const page = await this.page(search, access, request);
    const extra = await included(search.sql, request, page.matches, () => search.scope());
    const authored = await historyProvenance(search.sql, access, request, page.matches, extra.rows);
    const total = await totalOf(search, request, page);
    return searchsetBytes({
      request,
      base: options.baseUrl,
      path: options.compartment ? `Patient/${options.compartment.patient}/${type}` : type,
      matches: page.matches,
      included: [...extra.rows, ...authored],
      notes: notesOn(request, extra.cut),
      ...(total !== undefined && { total }),
      ...(page.next !== undefined && { next: page.next }),
    });
  }

  /** Logical ids of what matches, for conditional interactions: every parameter must be known, and there must be one. */
  async ids(access: Access, type: string, parameters: Parameters, { limit, verbs = ['s'], sql }: CriteriaOptions): Promise<string[]> {
    requireRule(access, type, verbs);
    const filters = readCriteria(type, parameters);
    const search = await PreparedSearch.of(sql ?? (await this.db.sql()), access, { type, filters }, verbs);
    const rows = await search.run((found) => namesQuery(found, limit));
    return rows.map(([id]) => id as string);
  }

  /** How many resources of `type` match and are the caller's to see. */
  async count(access: Access, type: string, parameters: Parameters = []): Promise<number> {
    requireRule(access, type, ['s']);
    const filters = parameters.length === 0 ? [] : readCriteria(type, parameters);
    return countOf(await PreparedSearch.of(await this.db.sql(), access, { type, filters }, ['s']));
  }

  private async page(search: PreparedSearch, access: Access, request: SearchRequest): Promise<Page> {
    const secret = await this.secret.get();
    const after = request.cursor === undefined ? undefined : readCursor(secret, access, request);
    if (request.summary === 'count' || request.count === 0) return { matches: [], complete: false };
    const found = await fetchPage(search, request, after);
    const matches = found.rows.map(storedRow);
    if (!found.last) return { matches, complete: after === undefined };
    return { matches, complete: false, next: writeCursor(secret, access, request, found.last) };
  }
}

interface Page {
  matches: StoredRow[];
  /** All there is. */
  complete: boolean;
  next?: string;
}

const compartmentFilter = ({ compartment }: SearchOptions): Expression[] => (compartment ? [{ op: 'compartment', patient: compartment.patient, exclusive: false }] : []);

/** Counted when asked for, told for free when one page holds everything. */
async function totalOf(search: PreparedSearch, request: SearchRequest, page: Page): Promise<number | undefined> {
  if (page.complete) return page.matches.length;
  const asked = request.total === 'accurate' || request.total === 'estimate' || request.summary === 'count' || request.count === 0;
  return asked ? countOf(search) : undefined;
}

async function countOf(search: PreparedSearch): Promise<number> {
  const [row] = await search.run(countQuery);
  return Number(row![0]);
}

function notesOn(request: SearchRequest, cut: boolean): OutcomeIssue[] {
  const unknown = request.unknown.map((name): OutcomeIssue => ({ severity: 'warning', code: 'not-supported', diagnostics: `${request.type} has no search parameter “${name.slice(0, 64)}”; it was left out.` }));
  const limit: OutcomeIssue = { severity: 'warning', code: 'too-costly', diagnostics: `More than ${MAX_INCLUDED} resources were to be included; the rest was left out. Ask for smaller pages.` };
  return cut ? [...unknown, limit] : unknown;
}

