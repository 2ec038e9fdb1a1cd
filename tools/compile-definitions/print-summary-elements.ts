import type { TypeTables } from './element-tables';
import type { ElementDefinition, OfficialDefinitions } from './official-definitions';
import { lines, record } from './print';

/** Whole or not at all: what qualifies an element stays with it. */
const WHOLE: ReadonlySet<string> = new Set(['Extension', 'Narrative', 'Element', 'BackboneElement']);

/**
 * What R4 counts to the summary of a resource: of each resource type the top-level elements that stay, of each
 * element type inside of one those that go. A choice is named without its `[x]`.
 */
export function printSummaryElements(definitions: OfficialDefinitions, tables: TypeTables, types: readonly string[]): string {
  const byPath = new Map(definitions.structures.filter((one) => one.derivation !== 'constraint').flatMap((one) => one.snapshot.element.map((element): [string, ElementDefinition] => [element.path, element])));
  const top = types.map((type): [string, string[]] => {
    const own = [...byPath.values()].filter((element) => element.isSummary && element.path.startsWith(`${type}.`) && element.path.split('.').length === 2);
    return [type, [own.map((element) => nameOf(element.path)).join(' ')]];
  });
  const isKept = (path: string): boolean => !path.includes('.') || ((byPath.get(path)?.isSummary ?? false) && isKept(path.slice(0, path.lastIndexOf('.'))));
  const inner = [...tables.values()].filter(({ name }) => !types.includes(name) && !WHOLE.has(name) && isKept(name)).flatMap((table): [string, string[]][] => {
    const gone = table.rows.map((row) => byPath.get(`${table.name}.${row.name}`)).filter((element) => element && !element.isSummary && element.min === 0);
    return gone.length > 0 ? [[table.name, [gone.map((element) => nameOf(element!.path)).join(' ')]]] : [];
  });
  return lines(
    '/** Top-level elements of the summary of each resource type, separated by blanks. */',
    record('SUMMARY_ELEMENTS', top),
    '',
    '/** Elements of data types and backbone elements (`Observation.component`) that a summary leaves out. */',
    record('LEFT_OUT_OF_SUMMARY', inner.sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).replace('[x]', '');
