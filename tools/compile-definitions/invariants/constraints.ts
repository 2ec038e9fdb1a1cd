import type { TypeTables } from '../element-tables';
import type { Constraint, ElementDefinition, OfficialDefinitions, StructureDefinition } from '../official-definitions';

/** A constraint and what it is asked of. */
export interface PlacedConstraint {
  constraint: Constraint;
  /** Type whose values it is about: of the element, one of its choice. */
  types: readonly string[];
  /** Where it is looked up: a type (`Period`, `Patient.contact`), or an element by its JSON name (`Organization.address`). */
  place: string;
  resourceType: string | undefined;
}

const SIMPLE_PROFILES: Readonly<Record<string, string>> = {
  'http://hl7.org/fhir/StructureDefinition/SimpleQuantity': 'SimpleQuantity',
  'http://hl7.org/fhir/StructureDefinition/MoneyQuantity': 'MoneyQuantity',
};

/** Every constraint of the types of R4, each once: what a base type says is not repeated for its heirs. */
export function placedConstraints(definitions: OfficialDefinitions, tables: TypeTables): PlacedConstraint[] {
  const roots = new Map(definitions.structures.map((one) => [one.name, one.snapshot.element[0]?.constraint ?? []]));
  return definitions.structures
    .filter((structure) => structure.derivation !== 'constraint' && tables.has(structure.name))
    .flatMap((structure) => structure.snapshot.element.flatMap((element) => placedAt(element, structure, tables, roots)));
}

function placedAt(element: ElementDefinition, structure: StructureDefinition, tables: TypeTables, roots: Map<string, Constraint[]>): PlacedConstraint[] {
  const resourceType = structure.kind === 'resource' && !structure.abstract ? structure.name : undefined;
  const own = tables.get(element.path);
  if (own) {
    const inherited = new Set(basesOf(element.path, tables).flatMap((base) => (roots.get(base) ?? []).map((one) => one.key)));
    return kept(element, inherited).map((constraint) => ({ constraint, types: [element.path], place: element.path, resourceType }));
  }
  if (!tables.has(parentOf(element.path))) return [];
  return (element.type ?? []).flatMap((type) => {
    const profiled = (type.profile ?? []).flatMap((profile) => roots.get(SIMPLE_PROFILES[profile] ?? '') ?? []);
    const inherited = new Set([type.code, ...basesOf(type.code, tables)].flatMap((base) => (roots.get(base) ?? []).map((one) => one.key)));
    const place = element.path.replace('[x]', type.code.charAt(0).toUpperCase() + type.code.slice(1));
    const all = [...(element.constraint ?? []), ...profiled].filter((one) => !inherited.has(one.key));
    return all.map((constraint) => ({ constraint, types: [type.code], place, resourceType }));
  });
}

function kept(element: ElementDefinition, inherited: ReadonlySet<string>): Constraint[] {
  return (element.constraint ?? []).filter((constraint) => !inherited.has(constraint.key));
}

export function basesOf(type: string, tables: TypeTables): string[] {
  const base = tables.get(type)?.base;
  return base === undefined ? [] : [base, ...basesOf(base, tables)];
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.'));
}
