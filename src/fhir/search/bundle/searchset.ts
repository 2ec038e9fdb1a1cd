import { type FhirResource, isSubset, type OutcomeIssue, operationOutcome, parseJson, type SearchRequest, stringifyJson, subsetOf } from '#libs/fhir';
import { clock, instant } from '../../../kernel';
import { nameOf, type StoredRow } from '../include/stored-row';

export interface Searchset {
  request: SearchRequest;
  /** Base URL of the FHIR endpoint, and of the search below it (`Observation`, `Patient/1/Observation`). */
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

/** The Bundle as bytes: stored bodies are copied in as they are. */
export function searchsetBytes(set: Searchset): Buffer {
  const head = { resourceType: 'Bundle', meta: { lastUpdated: instant(clock.now()) }, type: 'searchset', ...(set.total !== undefined && { total: set.total }), link: links(set) };
  const chunks: Buffer[] = [Buffer.from(JSON.stringify(head).slice(0, -1))];
  const entries = [
    ...set.matches.map((row) => entry(set, row, 'match', matchBody(set.request, row))),
    ...set.included.map((row) => entry(set, row, 'include', row.body)),
    ...(set.notes.length > 0 ? [[Buffer.from(`{"resource":${JSON.stringify(operationOutcome(set.notes))},"search":{"mode":"outcome"}}`)]] : []),
  ];
  // An empty list is no valid JSON of FHIR: without entries there is no element.
  for (const [index, parts] of entries.entries()) chunks.push(index === 0 ? FIRST : COMMA, ...parts);
  chunks.push(entries.length > 0 ? LAST : Buffer.from('}'));
  return Buffer.concat(chunks);
}

const FIRST = Buffer.from(',"entry":[');
const COMMA = Buffer.from(',');
const LAST = Buffer.from(']}');
const MODE = { match: Buffer.from(',"search":{"mode":"match"}}'), include: Buffer.from(',"search":{"mode":"include"}}') };

function entry({ base }: Searchset, row: StoredRow, mode: keyof typeof MODE, body: Buffer): Buffer[] {
  return [Buffer.from(`{"fullUrl":${JSON.stringify(`${base}/${nameOf(row)}`)},"resource":`), body, MODE[mode]];
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
  return `${base}/${path}${query ? `?${query}` : ''}`;
}
