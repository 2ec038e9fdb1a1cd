import { modifiersOf, type SearchParameter, resourceTypes, searchParametersOf } from '#libs/fhir';
import { referenceParameters } from './include/forward';

/** How a type can be searched, as a CapabilityStatement says it (R4 §5.2: rest.resource). */
export interface CapabilityParameters {
  searchParam: { name: string; type: string; definition: string; documentation: string }[];
  searchInclude: string[];
  searchRevInclude: string[];
}

/** What is answered for `type`. */
export function capabilityParameters(type: string): CapabilityParameters {
  const includes = referenceParameters(type).map((parameter) => `${type}:${parameter.code}`);
  return {
    searchParam: searchParametersOf(type).map((parameter) => ({ name: parameter.code, type: parameter.type, definition: parameter.url, documentation: documentation(parameter) })),
    searchInclude: includes.length > 0 ? ['*', ...includes] : [],
    searchRevInclude: referring().get(type) ?? [],
  };
}

function documentation(parameter: SearchParameter): string {
  const { type, code } = parameter;
  const own: readonly string[] = modifiersOf(parameter);
  const prefixes = type === 'date' || type === 'number' || type === 'quantity' ? ' Prefixes: eq, ne, gt, lt, ge, le, sa, eb, ap.' : '';
  const chain = type === 'reference' ? ' Can be chained, and narrowed by :Type.' : '';
  return `Modifiers: ${['missing', ...own].map((modifier) => `:${modifier}`).join(', ')}.${prefixes}${code === '_id' ? '' : chain}`;
}

let byTarget: Map<string, string[]> | undefined;

/** Which `Type:parameter` may refer to each type. */
function referring(): Map<string, string[]> {
  if (byTarget) return byTarget;
  byTarget = new Map(resourceTypes.map((type) => [type, []]));
  for (const source of resourceTypes) {
    for (const parameter of referenceParameters(source)) for (const target of parameter.targets) byTarget.get(target)?.push(`${source}:${parameter.code}`);
  }
  return byTarget;
}
