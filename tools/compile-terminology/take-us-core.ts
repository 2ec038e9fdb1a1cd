/**
 * Copies the terminology of unpacked US Core packages (CC0) into us-core.ndjson, without narratives.
 * Usage: tsx tools/compile-terminology/take-us-core.ts <folder of resources> …, oldest version first
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Definition, isTerminology, US_CORE_FILE, withoutNarrative } from './sources';

function resourcesIn(folder: string): Definition[] {
  const files = readdirSync(folder).filter((file) => /^(CodeSystem|ConceptMap|ValueSet)-.*\.json$/.test(file)).sort();
  return files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Definition).filter(isTerminology);
}

/** Once for each URL and version: a package repeats what it did not change. */
function distinct(resources: readonly Definition[]): Definition[] {
  return [...new Map(resources.map((resource) => [`${resource.resourceType} ${resource.url}|${resource.version ?? ''}`, resource])).values()];
}

const taken = distinct(process.argv.slice(2).flatMap(resourcesIn));
writeFileSync(US_CORE_FILE, taken.map((resource) => `${JSON.stringify(withoutNarrative(resource))}\n`).join(''));
console.log(`${taken.length} resources`);
