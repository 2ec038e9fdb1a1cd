import { isResourceType, resourceTypes } from '../definitions/resource-types';
import { SEARCH_PARAMETERS } from '../generated/search-parameters';
import type { IndexKind } from './index-entries';
import { parameterNumbers, searchParameterId } from './parameter-id';

export type SearchParameterType = 'token' | 'string' | 'date' | 'reference' | 'quantity' | 'uri' | 'number' | 'composite' | 'special';

/** A search parameter as one resource type has it. */
export interface SearchParameter {
  /** Stands for it in the index tables; the same for ever. */
  id: number;
  code: string;
  type: SearchParameterType;
  /** The resource type. */
  resource: string;
  /** Resource types a reference may lead to; empty for the other types. */
  targets: readonly string[];
  url: string;
  /** Data types of the elements it reads: `['code']` has no system, `['ContactPoint']` neither. */
  elements: readonly string[];
  /**
   * The index its values are found in; null where they are in none: composite parameters that others answer together,
   * and `_id` and `_lastUpdated`, which are columns of the resource store itself.
   */
  kind: IndexKind | null;
  /** Systems of codes that have none of their own: a value may name them. */
  systems?: readonly string[];
  /** What a composite parameter is made of. */
  composite?: Composite;
}

export interface Composite {
  /** Codes of the parameters it is made of, in the order in which a value names them. */
  components: readonly string[];
  /**
   * Parameters that read the components from the resource itself, or an element that does not repeat: there the
   * composite says no more than all of them together. Absent where it looks into repeating elements alone.
   */
  whole?: readonly string[];
  /** Whether elements that repeat have entries in the index. */
  indexed: boolean;
}

const URL_PREFIX = 'http://hl7.org/fhir/SearchParameter/';
/** Parameters of this name are those of every resource type. */
const EVERY_TYPE = 'Resource';
/** R4 lets a reference to “any” lead to all types but Parameters, which cannot be stored on its own. */
const ANY_TARGET: readonly string[] = resourceTypes.filter((type) => type !== 'Parameters');

const KINDS: Readonly<Record<SearchParameterType, IndexKind | null>> = {
  token: 'token',
  string: 'string',
  date: 'date',
  reference: 'reference',
  quantity: 'quantity',
  number: 'quantity',
  uri: 'uri',
  composite: 'composite',
  special: 'position',
};

const byType = new Map<string, ReadonlyMap<string, SearchParameter>>();

/** The parameter of that code, or undefined where the type has none. */
export function searchParameter(resourceType: string, code: string): SearchParameter | undefined {
  return parametersOf(resourceType).get(code);
}

/** All parameters of a resource type, those of every type first; none for an unknown type. */
export function searchParametersOf(resourceType: string): SearchParameter[] {
  return [...parametersOf(resourceType).values()];
}

/** Every number under which resources of a type have entries in an index, those of `_text` and `_content` among them. */
export function searchParameterNumbers(resourceType: string): number[] {
  const ids = [...searchParametersOf(resourceType).map((parameter) => parameter.id), ...['_text', '_content'].map((code) => searchParameterId(resourceType, code))];
  return ids.flatMap(parameterNumbers);
}

function parametersOf(resourceType: string): ReadonlyMap<string, SearchParameter> {
  let parameters = byType.get(resourceType);
  if (parameters === undefined) {
    if (!isResourceType(resourceType)) return new Map();
    const lines = [...linesOf(EVERY_TYPE), ...linesOf(resourceType)];
    parameters = new Map(lines.map((line) => parse(line, resourceType)).map((parameter) => [parameter.code, parameter]));
    byType.set(resourceType, parameters);
  }
  return parameters;
}

function linesOf(resourceType: string): string[] {
  return SEARCH_PARAMETERS[resourceType]?.split('\n') ?? [];
}

function parse(line: string, resource: string): SearchParameter {
  const [code = '', type = '', elements = '', targets = '', url = '', components, whole] = line.split(' ');
  const parameterType = type as SearchParameterType;
  const composite = components === undefined || type !== 'composite' ? undefined : compositeOf(components, whole ?? '-', elements !== '-');
  return {
    id: searchParameterId(resource, code),
    code,
    type: parameterType,
    resource,
    targets: targets === '*' ? ANY_TARGET : names(targets),
    url: url.includes('://') ? url : URL_PREFIX + url,
    elements: names(elements),
    kind: elements === '-' ? null : KINDS[parameterType],
    ...(composite && { composite }),
    ...(components !== undefined && !composite && { systems: names(components) }),
  };
}

function compositeOf(components: string, whole: string, indexed: boolean): Composite {
  return { components: names(components), indexed, ...(whole !== '-' && { whole: names(whole) }) };
}

function names(joined: string): readonly string[] {
  return joined === '-' ? [] : joined.split('|');
}
