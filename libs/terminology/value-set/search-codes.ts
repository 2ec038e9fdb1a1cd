import { TerminologyError } from '../terminology-error';
import type { TerminologySource, ValueSetResource } from '../terminology-resources';
import { Evaluation } from './evaluate';

/** A code to search for; without code every one of the system. */
export interface SearchCode {
  system: string;
  code?: string;
}

/** Codes of one search; more would be a search for nearly everything. */
export const MAX_SEARCH_CODES = 2_000;

/** What `:in` and `:not-in` stand for. Throws where the value set cannot be put into such a list. */
export async function searchCodes(valueSet: ValueSetResource, source: TerminologySource): Promise<SearchCode[]> {
  const { listed, open, unknown } = await new Evaluation(source).of(valueSet);
  const unclear = [...unknown.values(), ...[...open].filter(([, except]) => except.size > 0).map(([system]) => `${system} is not at hand, so nothing can be taken from it`)];
  if (unclear.length > 0) throw new TerminologyError('too-costly', `The value set cannot be searched by: ${unclear[0]}. Upload the code system, or search by single codes.`);
  if (listed.size > MAX_SEARCH_CODES) throw new TerminologyError('too-costly', `The value set holds ${listed.size} codes; up to ${MAX_SEARCH_CODES} can be searched by.`);
  return [...[...open.keys()].map((system) => ({ system })), ...[...listed.values()].map(({ system, code }) => ({ system, code }))];
}
