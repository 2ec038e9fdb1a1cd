import type { CodeSystemConcept, OfficialDefinitions, ValueSetInclude } from './official-definitions';
import type { TypeTables } from './element-tables';

/** Codes of a value set by code system, or undefined where they cannot be listed (currencies, MIME types, UCUM). */
export type CodesBySystem = Map<string, string[]>;

const PREFIX = 'http://hl7.org/fhir/ValueSet/';

/** Every value set with a required binding on some element that can be listed, by short name. */
export function requiredValueSets(tables: TypeTables, definitions: OfficialDefinitions): Map<string, CodesBySystem> {
  const sets = new Map<string, CodesBySystem>();
  for (const url of boundValueSets(tables)) {
    const codes = codesOf(url, definitions);
    if (codes) sets.set(shortName(url), codes);
  }
  return sets;
}

/** `administrative-gender` for the value sets of the specification. */
export function shortName(url: string): string {
  return url.startsWith(PREFIX) ? url.slice(PREFIX.length) : url;
}

function boundValueSets(tables: TypeTables): string[] {
  const urls = new Set<string>();
  for (const table of tables.values()) {
    for (const row of table.rows) if (row.valueSet) urls.add(row.valueSet);
  }
  return [...urls].sort();
}

function codesOf(url: string, definitions: OfficialDefinitions): CodesBySystem | undefined {
  const compose = definitions.valueSets.get(url.split('|')[0] ?? url)?.compose;
  if (!compose || compose.exclude) return undefined;
  const all: CodesBySystem = new Map();
  for (const include of compose.include) {
    const codes = includedCodes(include, definitions);
    if (!codes) return undefined;
    for (const [system, listed] of codes) all.set(system, [...new Set([...(all.get(system) ?? []), ...listed])]);
  }
  return all;
}

function includedCodes(include: ValueSetInclude, definitions: OfficialDefinitions): CodesBySystem | undefined {
  if (include.filter) return undefined;
  if (include.valueSet) return include.valueSet.length === 1 ? codesOf(include.valueSet[0] ?? '', definitions) : undefined;
  const system = include.system ?? '';
  if (include.concept) return new Map([[system, include.concept.map((concept) => concept.code)]]);
  const codeSystem = definitions.codeSystems.get(system);
  if (codeSystem?.content !== 'complete') return undefined;
  return new Map([[system, flatten(codeSystem.concept ?? [])]]);
}

function flatten(concepts: CodeSystemConcept[]): string[] {
  return concepts.flatMap((concept) => [concept.code, ...flatten(concept.concept ?? [])]);
}
