import { Inject, Injectable, Optional } from '@nestjs/common';
import { type Expression, inCompartment, type SearchRequest } from '#libs/fhir';
import { CONFIG, type Config } from '../../config';
import type { Sql } from '../../database';
import { type Access, rulesFor, type Verb } from '../../kernel';
import { requireRule } from './access/access-condition';
import { searchsetBytes } from './bundle/searchset';
import { notesOn } from './bundle/notes';
import { type Charge, chargesOf, checkBudget, includeCharges, isNarrow } from './cost/search-cost';
import { SearchReads } from './cost/search-reads';
import { included } from './include/included';
import { historyProvenance } from './include/provenance';
import { type StoredRow, storedRow } from './include/stored-row';
import { MergedSearch } from './merged/merged-search';
import { readMergedRequest } from './merged/read-merged-request';
import { typesPresent, typesSearched } from './merged/types-searched';
import type { Scope } from './compile/scope';
import { noteSearched } from './note-patient';
import { answerOpen } from './open/answer-open';
import { SearchCodes } from './open/search-codes';
import { readCursor, writeCursor } from './page/cursor';
import { type FetchedPage, fetchPage } from './page/fetch-page';
import { namesQuery } from './page/order-by-key';
import type { Position } from './page/page-order';
import { PreparedSearch } from './page/run-search';
import { CursorSecret } from './page/secret';
import { readCriteria, readRequest } from './read-request';

export type Parameters = readonly (readonly [string, string])[];

export interface SearchOptions {
  /** Base URL of this FHIR endpoint. */
  baseUrl: string;
  /** `Prefer: handling=strict`: an unknown parameter is an error. */
  strict?: boolean;
  /** Only what lies in the compartment of this resource (R4 §3.1.1.2.2). */
  compartment?: { type: string; id: string };
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

/** A search that has been made ready, of one type or of several. */
interface Ready {
  readonly sql: Sql;
  scope(): Scope;
  page(request: SearchRequest, after: Position | undefined): Promise<FetchedPage>;
  count(): Promise<number>;
}

/** FHIR search (R4 §3.1.1): parameters in, Bundle out, and nothing that the caller may not see. */
@Injectable()
export class SearchService {
  constructor(
    private readonly reads: SearchReads,
    private readonly secret: CursorSecret,
    @Inject(CONFIG) private readonly config: Pick<Config, 'SALUS_SEARCH_BUDGET'>,
    @Optional() private readonly codes?: SearchCodes,
  ) {}

  /** Makes what the first search of a site makes: a transaction cannot wait for another one to do so. */
  async prepare(): Promise<void> {
    await this.secret.get();
  }

  /** The searchset Bundle as bytes. Throws `forbidden` without any right to search the type, `invalid` for a bad search. */
  async search(access: Access, type: string, parameters: Parameters, options: SearchOptions): Promise<Buffer> {
    requireRule(access, type, ['s']);
    const request = readRequest(type, parameters, options.baseUrl, options.strict ?? false);
    const filters = [...within(options, type), ...request.filters];
    noteSearched(filters);
    const confined = isConfined(access, type, 's');
    this.spend([...chargesOf({ ...request, filters }, confined), ...includeCharges(request)]);
    const sql = options.sql ?? (await this.reads.reads(isNarrow({ filters }, confined)));
    const search = await PreparedSearch.of(sql, access, { type, filters: await this.closed(sql, access, filters) }, ['s']);
    return this.answer(access, ofOneType(search), request, pathOf(options, type), options);
  }

  /**
   * The same over several types, those of `_type` or all that the caller may search, in one order and one set of
   * pages (R4 §3.1.1.2.1). Throws `forbidden` where a named type is not the caller's to search.
   */
  async searchTypes(access: Access, parameters: Parameters, options: SearchOptions): Promise<Buffer> {
    const { types, named } = typesSearched(access, parameters, options.compartment?.type);
    const { whole, each } = readMergedRequest(types, named ? types.join(',') : '*', parameters, options.baseUrl, options.strict ?? false);
    const searched = each.map((one) => ({ ...one, filters: [...within(options, one.type), ...one.filters] }));
    this.spend([...searched.flatMap((one) => chargesOf(one, isConfined(access, one.type, 's'))), ...includeCharges(whole)]);
    const sql = options.sql ?? (await this.reads.reads(searched.every((one) => isNarrow(one, isConfined(access, one.type, 's')))));
    const present = await typesPresent(sql);
    const asked = await Promise.all(searched.filter(({ type }) => present.has(type)).map(async (one) => ({ ...one, filters: await this.closed(sql, access, one.filters) })));
    return this.answer(access, await MergedSearch.of(sql, access, asked), whole, pathOf(options, ''), options);
  }

  /** Logical ids of what matches, for conditional interactions: every parameter must be known, and there must be one. */
  async ids(access: Access, type: string, parameters: Parameters, { limit, verbs = ['s'], sql }: CriteriaOptions): Promise<string[]> {
    requireRule(access, type, verbs);
    const filters = readCriteria(type, parameters);
    const search = await this.found(access, type, filters, verbs, sql);
    const rows = await search.run((found) => namesQuery(found, limit));
    return rows.map(([id]) => id as string);
  }

  /** How many resources of `type` match and are the caller's to see. */
  async count(access: Access, type: string, parameters: Parameters = []): Promise<number> {
    requireRule(access, type, ['s']);
    const filters = parameters.length === 0 ? [] : readCriteria(type, parameters);
    return (await this.found(access, type, filters, ['s'])).count();
  }

  private async found(access: Access, type: string, filters: readonly Expression[], verbs: readonly Verb[], within?: Sql): Promise<PreparedSearch> {
    const confined = isConfined(access, type, verbs[0]!);
    this.spend(chargesOf({ filters: [...filters] }, confined));
    const sql = within ?? (await this.reads.reads(isNarrow({ filters: [...filters] }, confined)));
    return PreparedSearch.of(sql, access, { type, filters: await this.closed(sql, access, filters) }, verbs);
  }

  /** Filters by value sets and hierarchies with the values that those stand for. */
  private closed(sql: Sql, access: Access, filters: readonly Expression[]): Promise<Expression[]> {
    return answerOpen(filters, { sql, access, codes: this.codes });
  }

  private spend(charges: readonly Charge[]): void {
    checkBudget(charges, this.config.SALUS_SEARCH_BUDGET);
  }

  private async answer(access: Access, search: Ready, request: SearchRequest, path: string, { baseUrl }: SearchOptions): Promise<Buffer> {
    const page = await this.page(search, access, request, path);
    const extra = await included(search.sql, request, page.matches, () => search.scope());
    const authored = await historyProvenance(search.sql, access, request, page.matches, extra.rows);
    const total = await totalOf(search, request, page);
    return searchsetBytes({
      request, path, base: baseUrl, matches: page.matches, included: [...extra.rows, ...authored], notes: notesOn(request, extra.cut),
      ...(total !== undefined && { total }),
      ...(page.next !== undefined && { next: page.next }),
    });
  }

  private async page(search: Ready, access: Access, request: SearchRequest, path: string): Promise<Page> {
    const secret = await this.secret.get();
    const after = request.cursor === undefined ? undefined : readCursor(secret, access, path, request);
    if (request.summary === 'count' || request.count === 0) return { matches: [], complete: false };
    const found = await search.page(request, after);
    const matches = found.rows.map(storedRow);
    if (!found.last) return { matches, complete: after === undefined };
    return { matches, complete: false, next: writeCursor(secret, access, path, request, found.last) };
  }
}

const ofOneType = (search: PreparedSearch): Ready => ({ sql: search.sql, scope: () => search.scope(), page: (request, after) => fetchPage(search, request, after), count: () => search.count() });

interface Page {
  matches: StoredRow[];
  /** All there is. */
  complete: boolean;
  next?: string;
}

/** Sees one patient's chart, and no more. */
const isConfined = (access: Access, type: string, verb: Verb): boolean => rulesFor(access, type, verb).every((rule) => rule.patient !== undefined);

const within = ({ compartment }: SearchOptions, type: string): Expression[] => (compartment ? [inCompartment(compartment.type, compartment.id, type)] : []);

/** Where below the base the search is made: `Observation`, `Patient/1/Observation`, `Patient/1/*`, nothing for the base itself. */
const pathOf = ({ compartment }: SearchOptions, type: string): string => (compartment ? `${compartment.type}/${compartment.id}/${type || '*'}` : type);

/** Counted when asked for, told for free when one page holds everything, kept back when it is not wanted. */
async function totalOf(search: Ready, request: SearchRequest, page: Page): Promise<number | undefined> {
  if (request.summary === 'count' || request.count === 0) return search.count();
  if (request.total === 'none') return undefined;
  if (page.complete) return page.matches.length;
  return request.total === undefined ? undefined : search.count();
}
