import type { ElementPath } from './element-paths';
import { addPath, emptyTree } from './extraction-tree';
import type { OfficialDefinitions } from './official-definitions';
import { lines } from './print';
import { printTree } from './print-tree';
import type { TypeParameter } from './search-parameters';

/** Parameters that say whom a resource is about, in the compartment definition or not. */
const ABOUT_PATIENT: readonly string[] = ['patient', 'subject'];

/** Whose content a Binary holds is said by its security context, for which R4 has no parameter (binary.html). */
const BINARY: ElementPath = { hops: [{ name: 'securityContext', many: false }], type: 'Reference', targets: [], isPresence: false };

/**
 * The places of each type that put a resource into a patient's compartment: the parameters of R4's definition of it,
 * and every other one called patient or subject that may lead to a Patient. A Binary follows its security context.
 */
export function compartmentPaths(definitions: OfficialDefinitions, byType: Map<string, TypeParameter[]>): Map<string, ElementPath[]> {
  const official = new Map(definitions.patientCompartment.resource.map((resource) => [resource.code, resource.param ?? []]));
  const found = new Map<string, ElementPath[]>([['Binary', [BINARY]]]);
  for (const [type, parameters] of byType) {
    if (type === 'Patient') continue;
    const codes = [...(official.get(type) ?? []), ...ABOUT_PATIENT];
    const leading = parameters.filter((parameter) => codes.includes(parameter.code) && parameter.targets.includes('Patient'));
    const paths = leading.flatMap((parameter) => parameter.paths).filter((path) => path.type === 'Reference');
    if (paths.length > 0) found.set(type, withoutDuplicates(paths));
  }
  return found;
}

/** A function for each type that collects the patients of a resource. */
export function printCompartments(byType: Map<string, ElementPath[]>): string {
  const types = [...byType.keys()].sort();
  return lines(
    "import { type ElementObject, items, object, objects } from '../search/navigate';",
    "import { addPatient } from '../search/patient-reference';",
    '',
    ...types.map((type) => printFunction(type, byType.get(type) ?? [])),
    '/** Appends the ids of the patients in whose compartment a resource of the named type is. */',
    'export const PATIENT_COLLECTORS: Readonly<Record<string, (r: ElementObject, patients: string[]) => void>> = {',
    ...types.map((type) => `  ${type},`),
    '};',
  );
}

function printFunction(type: string, paths: ElementPath[]): string {
  const root = emptyTree();
  for (const path of paths) addPath(root, path, (value) => `addPatient(patients, ${value});`);
  return [
    `function ${type}(r: ElementObject, patients: string[]): void {`,
    ...printTree(root, 'r').map((line) => `  ${line}`),
    '}',
    '',
  ].join('\n');
}

function withoutDuplicates(paths: ElementPath[]): ElementPath[] {
  return [...new Map(paths.map((path) => [JSON.stringify(path.hops), path])).values()];
}
