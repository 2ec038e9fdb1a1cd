import type { Summary } from '../expression';
import { elementNames, type Subset } from '../subset';
import { SearchSyntaxError } from './search-syntax-error';

const SUMMARIES: readonly Summary[] = ['true', 'text', 'data', 'count', 'false'];

export function parseSummary(value: string): Summary {
  if (!(SUMMARIES as readonly string[]).includes(value)) throw new SearchSyntaxError('_summary', `“_summary” takes ${SUMMARIES.join(', ')}.`);
  return value as Summary;
}

export function parseElements(type: string, value: string): string[] {
  const names = elementNames(type);
  const asked = [...new Set(value.split(','))];
  if (asked.some((name) => !names.has(name))) throw new SearchSyntaxError('_elements', `“_elements” takes names of top-level elements of ${type}, separated by commas.`);
  return asked;
}

/** What a read is to give of a resource (R4 §3.1.0.1.2: `_summary` and `_elements` go with every interaction). */
export function readSubset(type: string, { _summary, _elements }: Readonly<Record<string, unknown>>): Subset {
  if (Array.isArray(_summary) || Array.isArray(_elements)) throw new SearchSyntaxError(Array.isArray(_summary) ? '_summary' : '_elements', 'This parameter may be given once.');
  const summary = typeof _summary === 'string' ? parseSummary(_summary) : 'false';
  if (summary === 'count') throw new SearchSyntaxError('_summary', '“_summary=count” is for searches; a read takes true, text, data or false.');
  return { summary, elements: typeof _elements === 'string' ? parseElements(type, _elements) : [] };
}
