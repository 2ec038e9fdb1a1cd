import { searchParameterId } from '../../libs/fhir/search/parameter-id';
import type { ComponentShape } from './composite-parameters';
import { emitterOf, EMITTER_NAMES } from './emitters';
import { addPath, emptyTree, type ExtractionNode } from './extraction-tree';
import { lines } from './print';
import { printTree } from './print-tree';
import { isIndexed, type TypeParameter } from './search-parameters';

/** Parameters of all resource types: one function, which is told the ids they have in the type. */
const SHARED = 'Resource';

/** A function for each resource type that appends the index entries of a resource. */
export function printExtractors(byType: Map<string, TypeParameter[]>, resourceTypes: readonly string[]): string {
  const shared = (byType.get(SHARED) ?? []).filter(isIndexed);
  const functions = resourceTypes.map((type) => printFunction(type, byType.get(type) ?? [], shared));
  return lines(
    "import type { IndexEntries } from '../search/index-entries';",
    `import { ${EMITTER_NAMES.join(', ')}, elementAsComposite, presenceAsToken } from '../search/emit';`,
    "import { type ElementObject, item, items, object, objects } from '../search/navigate';",
    '',
    printSharedFunction(shared),
    ...functions,
    '/** Appends the index entries of a resource of the named type. */',
    'export const EXTRACTORS: Readonly<Record<string, (r: ElementObject, out: IndexEntries) => void>> = {',
    ...resourceTypes.map((type) => `  ${type},`),
    '};',
  );
}

function printSharedFunction(shared: TypeParameter[]): string {
  const root = emptyTree();
  for (const parameter of shared) addParameter(root, parameter, variableOf(parameter));
  const ids = shared.map((parameter) => `${variableOf(parameter)}: number`);
  return printed(`function ${SHARED}(r: ElementObject, out: IndexEntries, ${ids.join(', ')}): void {`, printTree(root, 'r'));
}

function printFunction(type: string, parameters: TypeParameter[], shared: TypeParameter[]): string {
  const root = emptyTree();
  const indexed = parameters.filter(isIndexed);
  for (const parameter of indexed.filter((candidate) => !isPresence(candidate))) addParameter(root, parameter, String(parameter.id));
  for (const parameter of parameters) addComposite(root, parameter);
  const body = [
    `${SHARED}(r, out, ${sharedIds(type, shared).join(', ')});`,
    ...indexed.filter(isPresence).map(printPresence),
    ...printTree(root, 'r'),
  ];
  return printed(`function ${type}(r: ElementObject, out: IndexEntries): void {`, body);
}

function addParameter(root: ExtractionNode, parameter: TypeParameter, id: string): void {
  for (const path of parameter.paths) {
    const emitter = emitterOf(parameter.code === 'phonetic' ? 'phonetic' : parameter.type, path.type);
    const only = path.resolves === undefined ? '' : `, '${path.resolves}'`;
    addPath(root, path, (value) => `${emitter}(out, ${id}, ${value}${only});`);
  }
}

/** In each element the emitters of all components, told the number 0 since what they find is combined. */
function addComposite(root: ExtractionNode, { id, composite }: TypeParameter): void {
  for (const { path, components } of composite?.elements ?? []) {
    addPath(root, path, (element) => `elementAsComposite(out, ${id}, ${components.map((component) => printComponent(component, element)).join(', ')});`);
  }
}

function printComponent({ type, paths, fromRoot }: ComponentShape, element: string): string {
  const calls = paths.map((path) => `${emitterOf(type, path.type)}(o, 0, ${path.hops.reduce((at, hop) => `object(${at}).${hop.name}`, fromRoot ? 'r' : element)});`);
  if (paths.some((path) => path.hops.some((hop) => hop.many))) throw new Error('A component that repeats within its element');
  return `(o) => { ${calls.join(' ')} }`;
}

/** `Patient.deceased`: one answer for all the types of the choice together. */
function printPresence(parameter: TypeParameter): string {
  const values = parameter.paths.map((path) => `r.${path.hops.map((hop) => hop.name).join('.')}`);
  if (parameter.paths.some((path) => path.hops.length > 1)) throw new Error(`${parameter.code}: presence of a nested element`);
  return `presenceAsToken(out, ${parameter.id}, [${values.join(', ')}]);`;
}

function isPresence(parameter: TypeParameter): boolean {
  return parameter.paths.some((path) => path.isPresence);
}

function sharedIds(type: string, shared: TypeParameter[]): number[] {
  return shared.map((parameter) => searchParameterId(type, parameter.code));
}

function variableOf(parameter: TypeParameter): string {
  return parameter.code.replace('_', '');
}

function printed(head: string, body: string[]): string {
  return [head, ...body.map((line) => `  ${line}`), '}', ''].join('\n');
}
