import type { ElementRow, TypeTables } from '../element-tables';
import { type Code, listOf, NotCompilable, quote } from './code';

/** Types that hold any resource: what a member of theirs is, only the resource tells. */
const OPEN_TYPES: ReadonlySet<string> = new Set(['Resource', 'DomainResource']);

export const isPrimitive = (type: string): boolean => /^[a-z]/.test(type);

/** A member of what a piece of code yields. Fails on a name that none of its types has. */
export function member(owner: Code, name: string, tables: TypeTables): Code {
  const rows = rowsNamed(owner.types, name, tables);
  if (rows === undefined) return isChoiceSomewhere(name, tables) ? open(owner, name) : plain(owner, name, true, true, undefined);
  if (rows.every((row) => row.name.endsWith('[x]'))) return choiceOf(owner, name, [...new Set(rows.flatMap((row) => row.types))]);
  if (rows.some((row) => row.name.endsWith('[x]'))) throw new NotCompilable(`${name} is a choice in some types alone`);
  const types = [...new Set(rows.flatMap((row) => row.types))];
  return plain(owner, name, rows.some((row) => row.many), types.some(isPrimitive), types.includes('Resource') ? undefined : types);
}

/** One type of a choice. */
export function chosen({ owner, stem }: NonNullable<Code['choice']>, type: string): Code {
  return plain(owner, stem + type.charAt(0).toUpperCase() + type.slice(1), false, isPrimitive(type), [type]);
}

function plain(owner: Code, name: string, isMany: boolean, hasCompanion: boolean, types: readonly string[] | undefined): Code {
  const names = hasCompanion ? `${quote(name)}, ${quote(`_${name}`)}` : quote(name);
  const typed = types === undefined ? {} : { types };
  if (owner.form === 'list') return { js: `each(${owner.js}, ${names})`, form: 'list', ...typed };
  return { js: `${isMany ? 'many' : 'one'}(${owner.js}, ${names})`, form: isMany ? 'list' : 'one', ...typed };
}

function choiceOf(owner: Code, stem: string, types: readonly string[]): Code {
  const js = owner.form === 'list' ? `eachChoice(${owner.js}, ${quote(stem)})` : `choice(${owner.js}, ${quote(stem)})`;
  return { js, form: 'list', types, choice: { owner, stem } };
}

/** What is a choice in one type may be none in another: the object tells. */
function open(owner: Code, name: string): Code {
  return { js: `eachOpen(${listOf(owner)}, ${quote(name)})`, form: 'list' };
}

function isChoiceSomewhere(name: string, tables: TypeTables): boolean {
  return [...tables.values()].some((table) => table.rows.some((row) => row.name === `${name}[x]`));
}

/** The rows of that name in the given types; undefined where the types are open. */
function rowsNamed(types: readonly string[] | undefined, name: string, tables: TypeTables): ElementRow[] | undefined {
  if (types === undefined) return undefined;
  const rows = types.flatMap((type) => rowNamed(type, name, tables) ?? []);
  if (rows.length > 0) return rows;
  if (types.some((type) => OPEN_TYPES.has(type))) return undefined;
  throw new NotCompilable(`${types.join('|')} has no element ${name}`);
}

export function rowNamed(type: string, name: string, tables: TypeTables): ElementRow | undefined {
  for (let table = tables.get(type); table; table = table.base === undefined ? undefined : tables.get(table.base)) {
    const found = table.rows.find((row) => row.name === name || row.name === `${name}[x]`);
    if (found) return checkedStem(found, table.rows);
  }
  // A primitive has the members of its companion.
  return isPrimitive(type) && type !== 'xhtml' ? rowNamed('Element', name, tables) : undefined;
}

/** A choice is found by the stem of its name, which no neighbour may share. */
function checkedStem(found: ElementRow, rows: readonly ElementRow[]): ElementRow {
  const stem = found.name.endsWith('[x]') ? found.name.slice(0, -3) : undefined;
  const neighbour = stem === undefined ? undefined : rows.find((row) => row !== found && row.name.startsWith(stem) && /[A-Z]/.test(row.name.charAt(stem.length)));
  if (neighbour) throw new NotCompilable(`${found.name} cannot be told from ${neighbour.name}`);
  return found;
}

/** True if values of the type are values of the other: an Age is a Quantity. */
export function isKindOf(type: string, other: string, tables: TypeTables): boolean {
  for (let name: string | undefined = type; name !== undefined; name = tables.get(name)?.base) if (name === other) return true;
  return false;
}
