import type { ElementRow, TypeTables } from './element-tables';
import { lines, record } from './print';
import { type CodesBySystem, shortName } from './value-set-codes';

/**
 * One line an element: name, cardinality, types, value set if its codes are closed, types that a reference may lead to.
 * The first line names the base type, whose elements come on top.
 */
export function printElements(tables: TypeTables, valueSets: Map<string, CodesBySystem>): string {
  const entries = [...tables.values()].map((table): [string, string[]] => {
    return [table.name, [table.base ?? '-', ...table.rows.map((row) => printRow(row, valueSets))]];
  });
  return lines(
    '/** Elements of every R4 type: `name cardinality types [value set, or -] [targets]` a line, after the base type. */',
    record('ELEMENTS', sorted(entries)),
  );
}

/** One line a code system: its URL, then its codes. */
export function printValueSets(valueSets: Map<string, CodesBySystem>): string {
  const entries = [...valueSets].map(([name, codes]): [string, string[]] => {
    return [name, [...codes].map(([system, listed]) => [system, ...listed.map(withoutBlanks)].join(' '))];
  });
  return lines('/** Codes of the value sets of required bindings: `system code code …` a line. */', record('VALUE_SETS', sorted(entries)));
}

function printRow(row: ElementRow, valueSets: Map<string, CodesBySystem>): string {
  const cardinality = `${row.required ? 1 : 0}..${row.many ? '*' : 1}`;
  const valueSet = row.valueSet && shortName(row.valueSet);
  const bound = valueSet !== undefined && valueSets.has(valueSet) ? valueSet : '-';
  const targets = row.types.includes('Reference') ? row.targets.join('|') : '';
  return `${row.name} ${cardinality} ${row.types.join('|')} ${bound} ${targets}`.replace(/( -)? *$/, '');
}

function withoutBlanks(code: string): string {
  if (/\s/.test(code)) throw new Error(`A code with a blank: ${code}`);
  return code;
}

function sorted(entries: [string, string[]][]): [string, string[]][] {
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}
