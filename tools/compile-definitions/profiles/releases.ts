import type { TypeTables } from '../element-tables';
import { placedConstraints } from '../invariants/constraints';
import { type OfficialDefinitions, readR4Profiles, type StructureDefinition } from '../official-definitions';
import { keysByPlace, type Release } from './release';
import { STAND_INS } from './stand-ins';
import { hasUsCorePackages, readUsCorePackages } from './us-core-packages';
import { ReleaseValueSets } from './value-sets';

const BASE = 'http://hl7.org/fhir/StructureDefinition/';

/** R4's own profiles and extensions, and each version of US Core where its package is at hand. */
export function releases(definitions: OfficialDefinitions, tables: TypeTables): Release[] {
  const baseKeys = keysByPlace(placedConstraints(definitions, tables));
  const { profiles, extensions } = readR4Profiles();
  const r4 = new Map([...profiles, ...extensions].map((one) => [one.url, one.type]));
  const shared = { tables, baseKeys };
  const valueSets = (): ReleaseValueSets => new ReleaseValueSets(definitions.valueSets, definitions.codeSystems);
  const typeOf = (own: ReadonlyMap<string, string>) => (url: string) => own.get(unversioned(url)) ?? r4.get(unversioned(url)) ?? coreType(url, tables);
  const core = { ...shared, version: '4.0.1', typeOf: typeOf(r4) };
  return [
    { ...core, file: 'profiles/r4-profiles.ts', structures: profiles.filter((one) => isCheckable(one, tables)), valueSets: valueSets() },
    { ...core, file: 'profiles/r4-extensions.ts', structures: extensions.filter((one) => isCheckable(one, tables)), valueSets: valueSets() },
    ...(hasUsCorePackages() ? usCore(definitions, shared, typeOf, tables) : []),
  ];
}

function usCore(definitions: OfficialDefinitions, shared: Pick<Release, 'tables' | 'baseKeys'>, typeOf: (own: ReadonlyMap<string, string>) => Release['typeOf'], tables: TypeTables): Release[] {
  return readUsCorePackages().map((one) => ({
    ...shared,
    file: `profiles/us-core-${one.version}.ts`,
    version: one.version,
    structures: one.structures.filter((structure) => isCheckable(structure, tables) && structure.url.startsWith('http://hl7.org/fhir/us/core/')),
    typeOf: typeOf(new Map(one.structures.map((structure) => [structure.url, structure.type]))),
    valueSets: new ReleaseValueSets(
      new Map([...definitions.valueSets, ...[...STAND_INS, ...one.valueSets].map((valueSet) => [valueSet.url, valueSet] as const)]),
      new Map([...definitions.codeSystems, ...one.codeSystems.map((codeSystem) => [codeSystem.url, codeSystem] as const)]),
    ),
  }));
}

/** A profile on something that R4 has. */
function isCheckable(structure: StructureDefinition, tables: TypeTables): boolean {
  return structure.derivation === 'constraint' && tables.has(structure.type) && !structure.abstract;
}

function coreType(url: string, tables: TypeTables): string | undefined {
  const name = unversioned(url).startsWith(BASE) ? unversioned(url).slice(BASE.length) : undefined;
  return name !== undefined && tables.has(name) ? name : undefined;
}

const unversioned = (url: string): string => url.split('|')[0] ?? url;
