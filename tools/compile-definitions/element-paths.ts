import type { ElementRow, TypeTables } from './element-tables';
import type { Step, Term } from './search-expression';

/** One move from an object to a member of it. */
export interface Hop {
  name: string;
  many: boolean;
  /** Only this item of the array. */
  index?: number;
  /** Only items whose member has this value. */
  where?: { name: string; equals: string };
}

/** Where in a resource values of one data type stand. */
export interface ElementPath {
  hops: Hop[];
  type: string;
  /** Resource types a reference may name; empty: any. */
  targets: string[];
  /** Url of the value set whose codes alone the element may have. */
  valueSet?: string;
  /** Only references to this resource type. */
  resolves?: string;
  /** Whether something is there matters, not what. */
  isPresence: boolean;
}

interface Place extends ElementPath {
  /** Set on a choice whose type is not settled yet. */
  choice: ElementRow | undefined;
}

/** The paths a term stands for in a type; several where it goes through a choice. Fails on an unknown element. */
export function elementPaths(term: Term, root: string, tables: TypeTables): ElementPath[] {
  const start: Place = { hops: [], type: root, targets: [], isPresence: term.isPresence, choice: undefined };
  let places: Place[] = [start];
  for (const step of term.steps) places = places.flatMap((place) => walk(place, step, tables));
  return places.flatMap(settle).map(({ choice: _, ...path }) => path);
}

function walk(place: Place, step: Step, tables: TypeTables): Place[] {
  switch (step.kind) {
    case 'as':
      return [as(place, step.type)];
    case 'child':
      return settle(place).map((settled) => child(settled, step.name, tables));
    case 'index':
      return [withLastHop(place, { index: step.at })];
    case 'where':
      return [withLastHop(place, { where: { name: step.name, equals: step.equals } })];
    case 'resolves':
      return [{ ...place, resolves: step.type }];
  }
}

function child(place: Place, name: string, tables: TypeTables): Place {
  const row = findRow(place.type, name, tables);
  const choice = row.name.endsWith('[x]') ? row : undefined;
  const type = row.types[0];
  if (type === undefined) throw new Error(`${place.type}.${name} has no type`);
  const { valueSet: _, ...from } = place;
  return { ...from, hops: [...place.hops, { name, many: row.many }], type, targets: row.targets, choice, ...(row.valueSet !== undefined && { valueSet: row.valueSet }) };
}

function findRow(type: string, name: string, tables: TypeTables): ElementRow {
  for (let table = tables.get(type); table; table = table.base === undefined ? undefined : tables.get(table.base)) {
    const row = table.rows.find((candidate) => candidate.name === name || candidate.name === `${name}[x]`);
    if (row) return row;
  }
  throw new Error(`${type} has no element ${name}`);
}

/** Settles a choice on one of its types; on an element of one type only that type may be named. */
function as(place: Place, type: string): Place {
  if (!place.choice) {
    if (place.type === type) return place;
    throw new Error(`${describe(place)} is no ${type}`);
  }
  if (!place.choice.types.includes(type)) throw new Error(`${describe(place)} cannot be a ${type}`);
  return chosen(place, type);
}

/** Every type of a choice that was not settled by name. */
function settle(place: Place): Place[] {
  return place.choice ? place.choice.types.map((type) => chosen(place, type)) : [place];
}

function chosen(place: Place, type: string): Place {
  const last = place.hops[place.hops.length - 1];
  const name = `${last?.name}${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  return { ...withLastHop(place, { name }), type, choice: undefined };
}

function withLastHop(place: Place, change: Partial<Hop>): Place {
  const last = place.hops[place.hops.length - 1];
  if (!last) throw new Error('A path starts with an element');
  return { ...place, hops: [...place.hops.slice(0, -1), { ...last, ...change }] };
}

function describe(place: Place): string {
  return place.hops.map((hop) => hop.name).join('.');
}
