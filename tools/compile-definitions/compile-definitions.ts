import { concreteResourceTypes, elementTables } from './element-tables';
import { readOfficialDefinitions } from './official-definitions';
import { lines } from './print';
import { printElements, printValueSets } from './print-elements';
import { requiredValueSets } from './value-set-codes';

/** The generated files, by name. The same definitions always yield the same bytes. */
export function compileDefinitions(): Map<string, string> {
  const definitions = readOfficialDefinitions();
  const tables = elementTables(definitions);
  const valueSets = requiredValueSets(tables, definitions);
  const types = concreteResourceTypes(definitions);
  return new Map([
    ['resource-types.ts', lines(`export const RESOURCE_TYPES = ${JSON.stringify(types, null, 2)} as const;`)],
    ['elements.ts', printElements(tables, valueSets)],
    ['value-sets.ts', printValueSets(valueSets)],
  ]);
}
