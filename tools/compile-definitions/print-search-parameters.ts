import { lines, record } from './print';
import { type CodesBySystem, shortName } from './value-set-codes';
import type { TypeParameter } from './search-parameters';

const PREFIX = 'http://hl7.org/fhir/SearchParameter/';

/**
 * One line a parameter: code, type, data types read, targets, URL; `-` for none, `*` for all that can be referenced: R4 leaves out Parameters. A token
 * without system of its own adds the systems implied, a composite the parameters it is made of, and those that answer it together.
 */
export function printSearchParameters(byType: Map<string, TypeParameter[]>, resourceTypes: readonly string[], valueSets: Map<string, CodesBySystem>): string {
  const entries = [...byType].sort(([a], [b]) => (a < b ? -1 : 1));
  return lines(
    '/** Search parameters by resource type: `code type elements targets url [systems | components parameters]` a line; those of `Resource` are of every type. */',
    record(
      'SEARCH_PARAMETERS',
      entries.map(([type, parameters]) => [type, parameters.map((parameter) => printLine(parameter, resourceTypes, valueSets))]),
    ),
  );
}

function printLine({ code, type, paths, targets, url, composite }: TypeParameter, resourceTypes: readonly string[], valueSets: Map<string, CodesBySystem>): string {
  const places = composite ? composite.elements.map((element) => element.path) : paths;
  const elements = [...new Set(places.map((path) => path.type))].sort();
  const named = targets.length === resourceTypes.length - 1 && !targets.includes('Parameters') ? ['*'] : targets;
  const shortUrl = url.startsWith(PREFIX) ? url.slice(PREFIX.length) : url;
  return [code, type, joined(elements), joined(named), shortUrl, ...(composite ? [joined(composite.components), joined(composite.whole ?? [])] : impliedSystems(type, paths, valueSets))].join(' ');
}

const BOOLEAN_SYSTEM = 'http://terminology.hl7.org/CodeSystem/special-values';

/** Systems of elements that have none of their own (R4 §3.1.1.4.10): those of the value set they are bound to. */
function impliedSystems(type: string, paths: TypeParameter['paths'], valueSets: Map<string, CodesBySystem>): string[] {
  if (type !== 'token') return [];
  const ofCodes = paths.filter((path) => path.type === 'code').flatMap((path) => [...(valueSets.get(shortName(path.valueSet ?? '')) ?? new Map<string, string[]>()).keys()]);
  const systems = new Set([...ofCodes, ...(paths.some((path) => path.type === 'boolean') ? [BOOLEAN_SYSTEM] : [])]);
  return systems.size === 0 ? [] : [[...systems].sort().join('|')];
}

function joined(names: string[]): string {
  return names.length === 0 ? '-' : names.join('|');
}
