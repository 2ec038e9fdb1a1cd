import type { OutcomeIssue, SearchRequest } from '#libs/fhir';
import { searchsetBytes } from '../search/bundle/searchset';
import type { StoredRow } from '../search/include/stored-row';

export interface AnswerBundle {
  base: string;
  /** Below the base: `Patient/1/$everything`. */
  path: string;
  /** The parameters, as its links repeat them. */
  used: [string, string][];
  matches: readonly StoredRow[];
  included?: readonly StoredRow[];
  /** What the caller should know besides. */
  notes?: readonly OutcomeIssue[];
  total?: number;
  next?: string;
}

/** The searchset that an operation answers, made of stored bytes. */
export function answerBundle({ base, path, used, matches, included = [], notes = [], total, next }: AnswerBundle): Buffer {
  const request: SearchRequest = { type: '', filters: [], sort: [], count: matches.length, summary: 'false', elements: [], includes: [], revincludes: [], used, unknown: [] };
  return searchsetBytes({ request, base, path, matches, included, notes, ...(total !== undefined && { total }), ...(next !== undefined && { next }) });
}
