import type { OfficialDefinitions } from './official-definitions';
import { lines, record } from './print';
import type { TypeParameter } from './search-parameters';

/**
 * Which parameters of each type put a resource into a compartment (R4 §2.41), a line a type. A definition may name
 * what is no parameter, or one that never leads to the compartment's type; those find nothing and are left out.
 */
export function printCompartmentParameters({ compartments }: OfficialDefinitions, byType: Map<string, TypeParameter[]>): string {
  const entries = compartments.map(({ code, resource }): [string, string[]] => {
    const leads = (type: string, parameter: string) => byType.get(type)?.some((one) => one.code === parameter && one.type === 'reference' && one.targets.includes(code));
    return [code, resource.flatMap(({ code: type, param = [] }) => {
      const leading = param.filter((parameter) => leads(type, parameter));
      return leading.length > 0 || type === code ? [[type, ...leading].join(' ')] : [];
    })];
  });
  return lines('/** `Type parameter parameter …` of each compartment; its own type is in it by its id besides. */', record('COMPARTMENT_PARAMETERS', entries.sort(([a], [b]) => (a < b ? -1 : 1))));
}
