import { PARAMETERS_NOT_IN_R4 } from './corrections';
import type { OfficialDefinitions } from './official-definitions';
import { lines } from './print';
import { US_CORE_PARAMETERS } from './us-core-parameters';

/** What a SearchParameter says besides what the engine knows of it: texts, by the last part of its URL. */
export function printSearchDefinitions(definitions: Pick<OfficialDefinitions, 'searchParameters'>): string {
  const official = definitions.searchParameters.filter((parameter) => !PARAMETERS_NOT_IN_R4.includes(parameter.url));
  const rows = [...official, ...US_CORE_PARAMETERS].map(({ url, code, base, description, expression = '', component = [] }): [string, string] => {
    const text = base.length === 1 && description && !description.includes('\n') ? description : `Search by ${code}`;
    const parts = component.map((one) => [one.definition, one.expression]);
    return [url.slice(url.lastIndexOf('/') + 1), JSON.stringify([text, expression, ...(parts.length > 0 ? [parts] : [])])];
  });
  rows.sort(([a], [b]) => (a < b ? -1 : 1));
  return lines(
    'type Definition = readonly [description: string, expression: string, components?: readonly (readonly [definition: string, expression: string])[]];',
    '',
    '/** Texts of the SearchParameters of R4 and US Core, by the last part of their URL. */',
    'export const SEARCH_DEFINITIONS: Readonly<Record<string, Definition>> = {',
    ...rows.map(([id, row]) => `  ${JSON.stringify(id)}: ${row},`),
    '};',
  );
}
