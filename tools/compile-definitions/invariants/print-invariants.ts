import type { TypeTables } from '../element-tables';
import type { OfficialDefinitions } from '../official-definitions';
import { lines } from '../print';
import { holds, NotCompilable, quote } from './code';
import { compileExpression } from './compile-path';
import { type PlacedConstraint, placedConstraints } from './constraints';
import { NOT_COMPILED, type NotCompiled } from './not-compiled';
import { importsOf } from './runtime-imports';

/** The invariants of every R4 type as functions, by the place where they hold. */
export function printInvariants(definitions: OfficialDefinitions, tables: TypeTables): string {
  const byPlace = new Map<string, string[]>();
  const unused = new Set(NOT_COMPILED);
  for (const placed of placedConstraints(definitions, tables)) {
    const exempt = NOT_COMPILED.find((line) => line.key === placed.constraint.key && (line.path === undefined || line.path === placed.place));
    if (exempt) unused.delete(exempt);
    else byPlace.set(placed.place, [...new Set([...(byPlace.get(placed.place) ?? []), printConstraint(placed, tables)])]);
  }
  assertUsed(unused);
  const places = [...byPlace].sort(([a], [b]) => (a < b ? -1 : 1)).map(([place, printed]) => `  ${quote(place)}: [\n    ${printed.join(',\n    ')},\n  ],`);
  const body = ['export const INVARIANTS: Readonly<Record<string, readonly Invariant[]>> = {', ...places, '};'].join('\n');
  return lines(...importsOf(body, '../validation'), '', '/** Rules of R4 by type, or by element. */', body);
}

/** One constraint as an object literal: what a failure is called, and the test. */
export function printConstraint({ constraint, types, place, resourceType }: PlacedConstraint, tables: TypeTables): string {
  const { key, severity, human, expression } = constraint;
  try {
    if (expression === undefined) throw new NotCompilable('it has no expression');
    const test = holds(compileExpression(expression, types, resourceType, tables));
    return `{ key: ${quote(key)}, severity: '${severity}', human: ${quote(human.trim())}, holds: (${usedOf(test)}) => ${test} }`;
  } catch (error) {
    throw new Error(`${key} at ${place} cannot be compiled, list it in not-compiled.ts with the reason: ${(error as Error).message} — ${expression}`);
  }
}

function usedOf(test: string): string {
  return /\bx\b/.test(test) ? 'o, x' : 'o';
}

function assertUsed(unused: ReadonlySet<NotCompiled>): void {
  if (unused.size > 0) throw new Error(`Lines of not-compiled.ts that meet no constraint: ${[...unused].map((line) => line.key).join(', ')}`);
}
