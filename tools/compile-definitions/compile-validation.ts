import { elementTables } from './element-tables';
import { printInvariants } from './invariants/print-invariants';
import { readOfficialDefinitions } from './official-definitions';
import { NOT_COMPILED_PARTS } from './profiles/not-compiled';
import { printRelease } from './profiles/print-release';
import { releases } from './profiles/releases';
import { hasUsCorePackages } from './profiles/us-core-packages';

/** The generated files that check resources beyond the structure of their type, by name. */
export function compileValidation(): Map<string, string> {
  const definitions = readOfficialDefinitions();
  const tables = elementTables(definitions);
  const unused = new Set(NOT_COMPILED_PARTS);
  const files = releases(definitions, tables).map((release) => [release.file, printRelease(release, unused)] as const);
  if (hasUsCorePackages() && unused.size > 0) throw new Error(`Lines of profiles/not-compiled.ts that meet nothing: ${JSON.stringify([...unused])}`);
  return new Map([['invariants.ts', printInvariants(definitions, tables)], ...files]);
}
