import { elementTables } from './element-tables';
import { printInvariants } from './invariants/print-invariants';
import { readOfficialDefinitions } from './official-definitions';

/** The generated files that check resources beyond the structure of their type, by name. */
export function compileValidation(): Map<string, string> {
  const definitions = readOfficialDefinitions();
  const tables = elementTables(definitions);
  return new Map([['invariants.ts', printInvariants(definitions, tables)]]);
}
