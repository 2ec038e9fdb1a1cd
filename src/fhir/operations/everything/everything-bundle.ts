import type { OutcomeIssue, SearchRequest } from '#libs/fhir';
import { searchsetBytes } from '../../search/bundle/searchset';
import type { StoredRow } from '../../search/include/stored-row';
import { MOST_SHARED } from './shared';

export interface EverythingPage {
  base: string;
  /** Below the base: `Patient/1/$everything`. */
  path: string;
  used: [string, string][];
  matches: readonly StoredRow[];
  shared: readonly StoredRow[];
  /** True where more was referred to than an answer takes. */
  cut: boolean;
  next?: string;
}

/** The Bundle as bytes, made of stored ones. */
export function everythingBundle({ base, path, used, matches, shared, cut, next }: EverythingPage): Buffer {
  const request: SearchRequest = { type: '', filters: [], sort: [], count: matches.length, summary: 'false', elements: [], includes: [], revincludes: [], used, unknown: [] };
  return searchsetBytes({ request, base, path, matches, included: shared, notes: cut ? [CUT] : [], ...(next !== undefined && { next }) });
}

const CUT: OutcomeIssue = { severity: 'warning', code: 'too-costly', diagnostics: `More than ${MOST_SHARED} resources of nobody are referred to; the rest was left out. Narrow the question by _type, start or end.` };
