import type { Include, SearchRequest } from '#libs/fhir';
import type { Sql } from '../../../database';
import type { Scope } from '../compile/scope';
import { fetchNamed, namesReferredTo } from './forward';
import { fetchReferring } from './reverse';
import { nameOf, type StoredRow, storedRow } from './stored-row';

/** At most so many resources come along with one page. */
export const MAX_INCLUDED = 1000;
/** How often `:iterate` goes round. */
const MAX_ROUNDS = 5;

export interface Included {
  rows: StoredRow[];
  /** True where there was more than the limit allows. */
  cut: boolean;
}

/**
 * What `_include` and `_revinclude` add to the matches of a page (R4 §3.1.1.5.4): each resource once, none that is
 * a match itself, none that the caller may not see.
 */
export async function included(sql: Sql, request: SearchRequest, matches: readonly StoredRow[], scopes: () => Scope): Promise<Included> {
  // Most searches include nothing, and then need no names of what they found.
  if (request.includes.length + request.revincludes.length === 0) return { rows: [], cut: false };
  const all = new Map<string, StoredRow>();
  const known = new Set(matches.map(nameOf));
  let [forward, reverse, from] = [request.includes, request.revincludes, matches];
  for (let round = 0; round < MAX_ROUNDS && from.length > 0 && forward.length + reverse.length > 0; round++) {
    const found = await oneRound(sql, forward, reverse, from, known, scopes);
    from = found.filter((row) => !known.has(nameOf(row)));
    for (const row of from) {
      known.add(nameOf(row));
      all.set(nameOf(row), row);
    }
    [forward, reverse] = [forward.filter(iterates), reverse.filter(iterates)];
  }
  const rows = [...all.values()];
  return { rows: rows.slice(0, MAX_INCLUDED), cut: rows.length > MAX_INCLUDED };
}

const iterates = (include: Include): boolean => include.iterate;

async function oneRound(sql: Sql, forward: Include[], reverse: Include[], from: readonly StoredRow[], known: ReadonlySet<string>, scopes: () => Scope): Promise<StoredRow[]> {
  const most = MAX_INCLUDED + known.size + 1;
  const names = await namesReferredTo(sql, forward, from, most);
  for (const one of known) names.delete(one);
  const named = await fetchNamed(sql, names, scopes(), most);
  const referring = await fetchReferring(sql, reverse, from, scopes(), most);
  return [...named, ...referring].map(storedRow);
}
