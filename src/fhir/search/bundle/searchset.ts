import { type FhirResource, isSubset, type OutcomeIssue, operationOutcome, parseJson, type SearchRequest, stringifyJson, subsetOf } from '#libs/fhir';
import { clock, instant } from '../../../kernel';
import { nameOf, type StoredRow } from '../include/stored-row';

export interface Searchset {
  request: SearchRequest;
  /** Base URL of the FHIR endpoint, and the search below it (`Observation`, `Patient/1/Observation`, nothing). */
  base: string;
  path: string;
  total?: number;
  matches: readonly StoredRow[];
  included: readonly StoredRow[];
  /** What the caller should know besides; sent as an entry of mode outcome. */
  notes: readonly OutcomeIssue[];
  /** Cursor of the next page. */
  next?: string;
}

/** The Bundle as bytes: stored bodies are copied in as they are, with one piece of text between two of them. */
export function searchsetBytes(set: Searchset): Buffer {
  const head = { resourceType: 'Bundle', meta: { lastUpdated: instant(clock.now()) }, type: 'searchset', ...(set.total !== undefined && { total: set.total }), link: links(set) };
  const chunks: Buffer[] = [];
  let text = JSON.stringify(head).slice(0, -1);
  // An empty list is no valid JSON of FHIR: without entries there is no element.
  let before = ',"entry":[';
  const add = (body: Buffer, opening: string, mode: string) => {
    chunks.push(Buffer.from(text + before + opening), body);
    text = `,"search":{"mode":"${mode}"}}`;
    before = ',';
  };
  const base = JSON.stringify(set.base).slice(0, -1);
  const opening = (row: StoredRow) => `{"fullUrl":${base}/${nameOf(row)}","resource":`;
  for (const row of set.matches) add(matchBody(set.request, row), opening(row), 'match');
  for (const row of set.included) add(row.body, opening(row), 'include');
  if (set.notes.length > 0) add(Buffer.from(JSON.stringify(operationOutcome(set.notes))), '{"resource":', 'outcome');
  chunks.push(Buffer.from(`${text}${chunks.length > 0 ? ']' : ''}}`));
  return Buffer.concat(chunks);
}

function matchBody(request: SearchRequest, row: StoredRow): Buffer {
  if (!isSubset(request)) return row.body;
  return Buffer.from(stringifyJson(subsetOf(parseJson(row.body.toString()) as FhirResource, request)));
}

/** The self link names what took part (R4 §3.1.1.6), the next link all that the next page needs. */
function links({ request, base, path, next }: Searchset): { relation: string; url: string }[] {
  const self = { relation: 'self', url: url(base, path, request.used) };
  if (next === undefined) return [self];
  const parameters = request.used.filter(([name]) => name !== '_cursor');
  return [self, { relation: 'next', url: url(base, path, [...parameters, ['_cursor', next]]) }];
}

function url(base: string, path: string, parameters: readonly [string, string][]): string {
  const query = new URLSearchParams(parameters as [string, string][]).toString();
  return `${base}${path && `/${path}`}${query ? `?${query}` : ''}`;
}
