import { NOT_IN_R4, TYPES_NOT_IN_R4 } from './corrections';
import type { ElementDefinition, OfficialDefinitions, StructureDefinition } from './official-definitions';

/** One element of a type. The name keeps its `[x]` where the element is a choice of types. */
export interface ElementRow {
  name: string;
  required: boolean;
  many: boolean;
  types: string[];
  /** Url of the value set whose codes alone are allowed. */
  valueSet?: string;
  /** Resource types a reference may name; empty: any. */
  targets: string[];
}

/** The elements of a data type, resource type or backbone element (`Patient.contact`), without those of its base. */
export interface TypeTable {
  name: string;
  base: string | undefined;
  rows: ElementRow[];
}

export type TypeTables = Map<string, TypeTable>;

const FHIR_TYPE = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';

/** Tables of every complex data type and resource type of R4, by name. */
export function elementTables(definitions: OfficialDefinitions): TypeTables {
  const tables: TypeTables = new Map();
  const unused = new Set(NOT_IN_R4);
  for (const structure of definitions.structures) {
    if (!isOwnType(structure)) continue;
    for (const table of tablesOf(structure, definitions.dataElements, unused)) tables.set(table.name, table);
  }
  if (unused.size > 0) throw new Error(`Corrections that correct nothing: ${[...unused].join(', ')}`);
  for (const table of tables.values()) table.rows = withoutInherited(table, tables);
  return tables;
}

/** Names of the resource types that can be stored, in order. */
export function concreteResourceTypes(definitions: OfficialDefinitions): string[] {
  return definitions.structures
    .filter((structure) => isOwnType(structure) && structure.kind === 'resource' && !structure.abstract)
    .map((structure) => structure.name)
    .sort();
}

function isOwnType(structure: StructureDefinition): boolean {
  const kept = structure.kind === 'complex-type' || structure.kind === 'resource';
  return kept && structure.derivation !== 'constraint' && !TYPES_NOT_IN_R4.includes(structure.name);
}

function tablesOf(structure: StructureDefinition, dataElements: Map<string, ElementDefinition>, unused: Set<string>): TypeTable[] {
  const root = structure.name;
  const elements = r4Elements(structure, dataElements, unused);
  const parents = new Set(elements.map((element) => parentOf(element.path)));
  const tables = new Map<string, TypeTable>([[root, { name: root, base: structure.baseDefinition?.split('/').pop(), rows: [] }]]);
  for (const element of elements) {
    const isParent = parents.has(element.path);
    if (isParent) tables.set(element.path, { name: element.path, base: typeCode(element, 0), rows: [] });
    tables.get(parentOf(element.path))?.rows.push(rowOf(element, isParent));
  }
  return [...tables.values()];
}

function r4Elements(
  structure: StructureDefinition,
  dataElements: Map<string, ElementDefinition>,
  unused: Set<string>,
): ElementDefinition[] {
  const listed = structure.snapshot.element.filter((element) => element.path.includes('.') && !isCorrected(element.path, unused));
  const known = new Set(structure.snapshot.element.map((element) => element.path));
  const missing = [...dataElements.values()].filter((element) => element.path.startsWith(`${structure.name}.`) && !known.has(element.path));
  return [...listed.map((element) => dataElements.get(element.path) ?? element), ...missing];
}

function isCorrected(path: string, unused: Set<string>): boolean {
  const correction = NOT_IN_R4.find((left) => path === left || path.startsWith(`${left}.`));
  if (correction) unused.delete(correction);
  return correction !== undefined;
}

function rowOf(element: ElementDefinition, isParent: boolean): ElementRow {
  const name = element.path.slice(element.path.lastIndexOf('.') + 1);
  const binding = element.binding?.strength === 'required' ? element.binding.valueSet?.split('|')[0] : undefined;
  return {
    name,
    required: element.min > 0,
    many: element.max !== '1' && element.max !== '0',
    types: isParent ? [element.path] : typesOf(element),
    targets: targetsOf(element),
    ...(binding === undefined ? {} : { valueSet: binding }),
  };
}

function typesOf(element: ElementDefinition): string[] {
  if (element.contentReference) return [element.contentReference.slice(1)];
  return (element.type ?? []).map((_, index) => typeCode(element, index));
}

/** `id` and the like are given as FHIRPath types; an extension names the FHIR type, except for the id of a resource. */
function typeCode(element: ElementDefinition, index: number): string {
  if (element.path === 'Resource.id') return 'id';
  const type = element.type?.[index];
  if (!type) throw new Error(`${element.path} has no type`);
  if (!type.code.startsWith('http://hl7.org/fhirpath/')) return type.code;
  const named = type.extension?.find((extension) => extension.url === FHIR_TYPE)?.valueUrl;
  if (!named) throw new Error(`${element.path} has no FHIR type`);
  return named;
}

function targetsOf(element: ElementDefinition): string[] {
  const profiles = (element.type ?? []).flatMap((type) => type.targetProfile ?? []);
  const names = profiles.map((profile) => profile.split('/').pop() ?? '');
  return names.includes('Resource') ? [] : [...new Set(names)];
}

function withoutInherited(table: TypeTable, tables: TypeTables): ElementRow[] {
  const inherited = new Set<string>();
  for (let base = table.base; base; base = tables.get(base)?.base) {
    for (const row of tables.get(base)?.rows ?? []) inherited.add(row.name);
  }
  return table.rows.filter((row) => !inherited.has(row.name));
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.'));
}
