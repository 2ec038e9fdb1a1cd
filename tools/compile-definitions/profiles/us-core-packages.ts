import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readTar } from '../../../test/harness/tar';
import type { CodeSystem, StructureDefinition, ValueSet } from '../official-definitions';

/** The published packages lie beside the repository, not in it. */
const FOLDER = join(__dirname, '../../../../shared/fhir');

/** The versions of US Core that are supported, the latest first. */
export const US_CORE_VERSIONS = ['8.0.0', '7.0.0', '6.1.0', '3.1.1'] as const;

export interface GuidePackage {
  version: string;
  structures: StructureDefinition[];
  valueSets: ValueSet[];
  codeSystems: CodeSystem[];
}

const archive = (version: string): string => join(FOLDER, `hl7.fhir.us.core-${version}.tgz`);

/** False where the packages are not there, as in a bare clone. */
export function hasUsCorePackages(): boolean {
  return US_CORE_VERSIONS.every((version) => existsSync(archive(version)));
}

export function readUsCorePackages(): GuidePackage[] {
  const supplement = join(FOLDER, 'supplement');
  const beside = readdirSync(supplement).map((file) => JSON.parse(readFileSync(join(supplement, file), 'utf8')) as { resourceType: string });
  return US_CORE_VERSIONS.map((version) => {
    const files = readTar(gunzipSync(readFileSync(archive(version)))).filter(({ name }) => /^package\/(StructureDefinition|ValueSet|CodeSystem)-[^/]*\.json$/.test(name));
    const resources = [...beside, ...files.map(({ content }) => JSON.parse(content.toString()) as { resourceType: string })];
    const only = <T>(type: string): T[] => resources.filter((resource) => resource.resourceType === type) as T[];
    return { version, structures: only<StructureDefinition>('StructureDefinition'), valueSets: only<ValueSet>('ValueSet'), codeSystems: only<CodeSystem>('CodeSystem') };
  });
}
