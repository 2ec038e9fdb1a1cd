import type { SearchRequest } from '#libs/fhir';
import { invalid } from '../../../kernel';
import { readRequest, unknownParameters } from '../read-request';

type Parameter = readonly [string, string];

/** A search of several types: what is asked of each, and what shapes the one answer. */
export interface MergedRequest {
  whole: SearchRequest;
  each: SearchRequest[];
}

/** Given to those of the types that they mean something for; the rest must be common to all (R4 §3.1.1.2). */
const OF_SOME: ReadonlySet<string> = new Set(['_include', '_include:iterate', '_revinclude', '_revinclude:iterate', '_elements']);

/** `name` stands for the types in links and messages. Throws `invalid` for what is not common to them all. */
export function readMergedRequest(types: readonly string[], name: string, parameters: readonly Parameter[], base: string, strict: boolean): MergedRequest {
  const some = parameters.filter(([one]) => OF_SOME.has(one));
  const common = parameters.filter(([one]) => !OF_SOME.has(one) && one !== '_type');
  const unknown = [...new Set(types.flatMap((type) => readRequest(type, common, base, false).unknown))];
  if (strict && unknown.length > 0) throw unknownParameters('Not every type that is searched', unknown);
  const known = common.filter(([one]) => !unknown.includes(one));
  const taken = takenBy(types, some, base);
  const each = types.map((type) => readRequest(type, [...known, ...(taken.get(type) ?? [])], base, strict));
  requireSameOrder(each);
  const used = parameters.filter(([one]) => !unknown.includes(one)).map(([one, value]): [string, string] => [one, value]);
  const whole: SearchRequest = { ...each[0]!, type: name, filters: [], elements: distinct(each.flatMap((one) => one.elements)), includes: distinct(each.flatMap((one) => one.includes)), revincludes: distinct(each.flatMap((one) => one.revincludes)), used, unknown };
  return { whole, each };
}

/** Which types take which parameters; one that none of them takes is refused as the first type refuses it. */
function takenBy(types: readonly string[], parameters: readonly Parameter[], base: string): Map<string, Parameter[]> {
  const taken = new Map<string, Parameter[]>(types.map((type) => [type, []]));
  for (const parameter of parameters) {
    const takers = types.filter((type) => takes(type, parameter, base));
    if (takers.length === 0) readRequest(types[0]!, [parameter], base, true);
    for (const type of takers) taken.get(type)!.push(parameter);
  }
  return taken;
}

function takes(type: string, parameter: Parameter, base: string): boolean {
  try {
    readRequest(type, [parameter], base, true);
    return true;
  } catch {
    return false;
  }
}

/** Dates and names cannot be put in one order. */
function requireSameOrder(each: readonly SearchRequest[]): void {
  const [first, ...others] = each;
  const differs = others.some(({ sort }) => sort.some(({ parameter }, index) => parameter.type !== first!.sort[index]?.parameter.type));
  if (differs) throw invalid('“_sort” names a parameter that is of different kinds in these types.', [{ path: '_sort', rule: 'value', message: 'Sort by what the types have in common, such as _lastUpdated or _id.' }]);
}

const distinct = <T>(items: readonly T[]): T[] => [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
