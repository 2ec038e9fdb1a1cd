import type { OfficialDefinitions } from './official-definitions';
import { lines, record } from './print';

/** Top-level elements that R4 counts to the summary of a resource, a line a type; a choice without its `[x]`. */
export function printSummaryElements(definitions: OfficialDefinitions, types: readonly string[]): string {
  const entries = types.map((type): [string, string[]] => {
    const structure = definitions.structures.find((one) => one.name === type && one.derivation !== 'constraint');
    const elements = structure?.snapshot.element.filter((element) => element.isSummary && element.path.split('.').length === 2) ?? [];
    return [type, [elements.map((element) => element.path.slice(type.length + 1).replace('[x]', '')).join(' ')]];
  });
  return lines('/** Top-level elements of the summary of each resource type, separated by blanks. */', record('SUMMARY_ELEMENTS', entries));
}
