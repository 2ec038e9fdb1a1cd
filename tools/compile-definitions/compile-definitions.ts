import { assertDistinctIds } from './assert-distinct-ids';
import { concreteResourceTypes, elementTables } from './element-tables';
import { readOfficialDefinitions } from './official-definitions';
import { printCompartmentParameters } from './print-compartment-parameters';
import { compartmentPaths, printCompartments } from './patient-compartment';
import { lines } from './print';
import { printElements, printValueSets } from './print-elements';
import { printExtractors } from './print-extractors';
import { printSearchDefinitions } from './print-search-definitions';
import { printSearchParameters } from './print-search-parameters';
import { printSummaryElements } from './print-summary-elements';
import { searchParameters } from './search-parameters';
import { requiredValueSets } from './value-set-codes';

/** The generated files, by name. The same definitions always yield the same bytes. */
export function compileDefinitions(): Map<string, string> {
  const definitions = readOfficialDefinitions();
  const tables = elementTables(definitions);
  const valueSets = requiredValueSets(tables, definitions);
  const types = concreteResourceTypes(definitions);
  const parameters = searchParameters(definitions, tables, types);
  assertDistinctIds(parameters, types);
  return new Map([
    ['resource-types.ts', lines(`export const RESOURCE_TYPES = ${JSON.stringify(types, null, 2)} as const;`)],
    ['elements.ts', printElements(tables, valueSets)],
    ['value-sets.ts', printValueSets(valueSets)],
    ['search-parameters.ts', printSearchParameters(parameters, types, valueSets)],
    ['search-definitions.ts', printSearchDefinitions(definitions)],
    ['extractors.ts', printExtractors(parameters, types)],
    ['summary-elements.ts', printSummaryElements(definitions, tables, types)],
    ['compartment-parameters.ts', printCompartmentParameters(definitions, parameters)],
    ['compartments.ts', printCompartments(compartmentPaths(definitions, parameters))],
  ]);
}
