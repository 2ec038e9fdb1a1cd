import { lines, record } from './print';
import type { TypeParameter } from './search-parameters';

const PREFIX = 'http://hl7.org/fhir/SearchParameter/';

/**
 * One line a parameter: code, type, data types read, targets, URL; `-` for none, `*` for all that can be referenced: R4 leaves out Parameters. A composite
 * adds the parameters it is made of, and those that answer it together.
 */
export function printSearchParameters(byType: Map<string, TypeParameter[]>, resourceTypes: readonly string[]): string {
  const entries = [...byType].sort(([a], [b]) => (a < b ? -1 : 1));
  return lines(
    '/** Search parameters by resource type: `code type elements targets url [components parameters]` a line; those of `Resource` are of every type. */',
    record(
      'SEARCH_PARAMETERS',
      entries.map(([type, parameters]) => [type, parameters.map((parameter) => printLine(parameter, resourceTypes))]),
    ),
  );
}

function printLine({ code, type, paths, targets, url, composite }: TypeParameter, resourceTypes: readonly string[]): string {
  const places = composite ? composite.elements.map((element) => element.path) : paths;
  const elements = [...new Set(places.map((path) => path.type))].sort();
  const named = targets.length === resourceTypes.length - 1 && !targets.includes('Parameters') ? ['*'] : targets;
  const shortUrl = url.startsWith(PREFIX) ? url.slice(PREFIX.length) : url;
  return [code, type, joined(elements), joined(named), shortUrl, ...(composite ? [joined(composite.components), joined(composite.whole ?? [])] : [])].join(' ');
}

function joined(names: string[]): string {
  return names.length === 0 ? '-' : names.join('|');
}
