import type { ParameterRef } from '../expression';
import { SEARCH_LIMITS } from './limits';
import { SearchSyntaxError } from './search-syntax-error';

/** The types a chain goes on to: the one named, else all that the reference may lead to, if those are few. */
export function chainTypes(parameter: ParameterRef, only: string | undefined): readonly string[] {
  const { code, targets } = parameter;
  if (only !== undefined) {
    if (!targets.includes(only)) throw new SearchSyntaxError(code, `“${code}” never refers to that type; it may refer to ${listed(targets)}.`);
    return [only];
  }
  if (targets.length > SEARCH_LIMITS.chainTypes) throw new SearchSyntaxError(code, `“${code}” may refer to ${targets.length} types: say which, as in ${code}:Patient.name.`, 'too-costly');
  return targets;
}

const listed = (targets: readonly string[]): string => (targets.length > SEARCH_LIMITS.chainTypes ? 'any type' : targets.join(', '));

export function checkDepth(name: string, depth: number): void {
  if (depth >= SEARCH_LIMITS.depth) throw new SearchSyntaxError(name, `A search may follow at most ${SEARCH_LIMITS.depth} references in a row.`, 'too-costly');
}
