import type { ElementRow } from '../element-tables';
import { NotCompilable, quote } from '../invariants/code';
import { basesOf } from '../invariants/constraints';
import { isPrimitive, rowNamed } from '../invariants/members';
import { NOT_COMPILED } from '../invariants/not-compiled';
import { printConstraint } from '../invariants/print-invariants';
import { json } from './literals';
import type { NotCompiledProfilePart } from './not-compiled';
import { profileTree, type ProfileNode } from './profile-tree';
import type { Release } from './release';
import { constantOf, sliceTest } from './slice-tests';
import type { StructureDefinition } from '../official-definitions';

/** Where in a profile the compiler stands. */
interface Place {
  release: Release;
  structure: StructureDefinition;
  /** Declarations that stand before the function: rules, made once. */
  constants: string[];
  exempt: (what: { path: string; part: string }) => NotCompiledProfilePart | undefined;
  resourceType: string | undefined;
}

/** A profile as a function that reports what R4 alone would let pass; with the constants it needs. */
export function printProfile(structure: StructureDefinition, name: string, release: Release, exempt: Place['exempt']): { constants: string[]; text: string } {
  const root = profileTree(structure);
  const resourceType = release.tables.get(structure.type)?.base === 'Element' ? undefined : structure.type;
  const place: Place = { release, structure, constants: [], exempt, resourceType };
  const body = [...held(root, structure.type, structure.type, 'o', place), ...members(root, structure.type, 'o', 1, place)];
  const text = [`const ${name}: ProfileCheck = (o, t, d) => {`, ...body.map(indented), '};'].join('\n');
  return { constants: place.constants.map((constant, index) => constant.replace('%', `${name}_${index + 1}`)), text: text.replace(/%(\d+)%/g, `${name}_$1`) };
}

/** Checks of the members of the object that a variable holds. */
function members(node: ProfileNode, type: string, owner: string, depth: number, place: Place): string[] {
  return node.children.filter((child) => child.name !== 'id').flatMap((child) => member(child, type, owner, depth, place));
}

function member(node: ProfileNode, ownerType: string, owner: string, depth: number, place: Place): string[] {
  if (isPrimitive(ownerType) && node.name === 'value') return [];
  const row = rowNamed(ownerType, node.name, place.release.tables) ?? choiceRow(node, ownerType, place);
  if (!row) throw new Error(`${place.structure.url}: ${node.element.id} is no element of ${ownerType}`);
  if (row.name.endsWith('[x]')) return node.isChoice ? choice(node, row, owner, depth, place) : typed(node, row, owner, depth, place);
  const type = row.types[0] ?? '';
  return [...count(node, row, owner), ...ofItems(node.name, body(node, type, row, depth, place), owner, depth), ...sliced(node, type, row, owner, depth, place)];
}

/** `valueQuantity` where R4 has `value[x]`. */
function choiceRow(node: ProfileNode, ownerType: string, { release }: Place): ElementRow | undefined {
  const stems = node.name.match(/[A-Z][a-z0-9]*/g)?.map((_, index, words) => node.name.slice(0, node.name.length - words.slice(index).join('').length)) ?? [];
  return stems.map((stem) => rowNamed(ownerType, stem, release.tables)).find((row) => row?.name.endsWith('[x]'));
}

function count({ name, element }: ProfileNode, row: ElementRow, owner: string): string[] {
  const max = element.max === '*' ? undefined : Number(element.max);
  const baseMax = row.many ? undefined : 1;
  const isNarrower = element.min > (row.required ? 1 : 0) || (max !== undefined && max !== baseMax);
  return isNarrower ? [`counted(${owner}, t, ${quote(name)}, ${element.min}${max === undefined ? '' : `, ${max}`});`] : [];
}

/** The checks of each value, where there are any. */
function ofItems(name: string, checks: string[], owner: string, depth: number): string[] {
  return checks.length === 0 ? [] : [[`items(${owner}, t, ${quote(name)}, (${variable(depth)}) => {`, ...checks.map(indented), '});'].join('\n')];
}

const indented = (statement: string): string => statement.replace(/^/gm, '  ');

const variable = (depth: number): string => `i${depth}`;

function choice(node: ProfileNode, row: ElementRow, owner: string, depth: number, place: Place): string[] {
  const types = (node.element.type ?? []).map((type) => type.code);
  const { min, max } = node.element;
  const lines = min > (row.required ? 1 : 0) || max === '0' ? [`choiceCounted(${owner}, t, ${quote(node.name)}, ${min}, ${Number(max)});`] : [];
  if (max === '0') return lines;
  if (types.length < row.types.length) lines.push(`choiceTypes(${owner}, t, ${quote(node.name)}, [${types.map((type) => quote(named(node.name, type))).join(', ')}]);`);
  for (const type of types) lines.push(...ofItems(named(node.name, type), body(node, type, row, depth, place, types.length === 1), owner, depth));
  return [...lines, ...node.slices.flatMap((slice) => typed(slice, row, owner, depth, place, node))];
}

/** One type of a choice, as a slice (`value[x]:valueQuantity`) or by its own name. */
function typed(node: ProfileNode, row: ElementRow, owner: string, depth: number, place: Place, whole?: ProfileNode): string[] {
  const type = node.element.type?.[0]?.code;
  if (type === undefined || node.element.type?.length !== 1) throw new Error(`${place.structure.url}: ${node.element.id} has several types`);
  const name = named(row.name.slice(0, -3), type);
  const lines = node.element.min > (whole?.element.min ?? 0) ? [`counted(${owner}, t, ${quote(name)}, 1);`] : [];
  const general = whole ? body(whole, type, row, depth, place, whole.element.type?.length === 1) : [];
  return [...lines, ...ofItems(name, body(node, type, row, depth, place).filter((statement) => !general.includes(statement)), owner, depth)];
}

const named = (stem: string, type: string): string => stem + type.charAt(0).toUpperCase() + type.slice(1);

/** What one value keeps beyond R4. Elements below a choice are those of its only type. */
function body(node: ProfileNode, type: string, row: ElementRow, depth: number, place: Place, withChildren = true): string[] {
  const i = variable(depth);
  const below = withChildren ? members(node, type, i, depth + 1, place) : [];
  return [...constantCheck(node, type, i), ...binding(node, type, row, i, place), ...targets(node, type, row, i, place), ...extension(node, type, i), ...held(node, type, node.element.path, i, place), ...below];
}

function constantCheck(node: ProfileNode, type: string, i: string): string[] {
  const constant = constantOf(node);
  if (!constant || constant.type.toLowerCase() !== type.toLowerCase()) return [];
  return [`${constant.kind}(${i}, t, ${json(constant.value)});`];
}

const BINDABLE: ReadonlySet<string> = new Set(['code', 'Coding', 'CodeableConcept', 'Quantity', 'string', 'uri']);

function binding({ element }: ProfileNode, type: string, row: ElementRow, i: string, { release, exempt }: Place): string[] {
  const url = element.binding?.strength === 'required' ? element.binding.valueSet?.split('|')[0] : undefined;
  if (url === undefined || url === row.valueSet || !BINDABLE.has(type) || exempt({ path: element.path, part: 'binding' })) return [];
  const name = release.valueSets.use(url);
  return name === undefined ? [] : [`bound(${i}, t, ${name}, ${quote(url)});`];
}

function targets({ element }: ProfileNode, type: string, row: ElementRow, i: string, { release, structure }: Place): string[] {
  if (type !== 'Reference') return [];
  const profiles = (element.type ?? []).filter((one) => one.code === 'Reference').flatMap((one) => one.targetProfile ?? []);
  const types = [...new Set(profiles.map((url) => release.typeOf(url) ?? missing(url, structure)))];
  const isNarrower = types.length > 0 && !types.includes('Resource') && (row.targets.length === 0 || types.length < row.targets.length);
  return isNarrower ? [`target(${i}, t, [${types.map(quote).join(', ')}]);`] : [];
}

function missing(url: string, structure: StructureDefinition): never {
  throw new Error(`${structure.url} names a profile that is not known: ${url}`);
}

function extension({ element }: ProfileNode, type: string, i: string): string[] {
  const url = type === 'Extension' ? element.type?.[0]?.profile?.[0] : undefined;
  return url === undefined ? [] : [`d.extension(${i}, t, ${quote(url.split('|')[0] ?? url)});`];
}

/** Rules of every element, checked otherwise. */
const EVERYWHERE: readonly string[] = NOT_COMPILED.filter((line) => line.path === undefined).map((line) => line.key);

/** Rules of the profile, which R4 does not have at this place or for this type. */
function held({ element }: ProfileNode, type: string, path: string, i: string, place: Place): string[] {
  const { baseKeys, tables } = place.release;
  const known = [...EVERYWHERE, ...[type, ...basesOf(type, tables), path].flatMap((name) => [...(baseKeys.get(name) ?? [])])];
  const own = (element.constraint ?? []).filter((one) => !known.includes(one.key) && !place.exempt({ path: element.path, part: one.key }));
  if (own.length === 0) return [];
  const printed = own.map((constraint) => printConstraint({ constraint, types: [type], place: `${place.structure.url} ${element.id}`, resourceType: place.resourceType }, tables));
  const text = `[${printed.join(', ')}]`;
  const existing = place.constants.findIndex((constant) => constant.endsWith(`= ${text};`));
  if (existing < 0) place.constants.push(`const %: readonly Invariant[] = ${text};`);
  return [`t.hold(%${existing < 0 ? place.constants.length : existing + 1}%, ${i});`];
}

function sliced(node: ProfileNode, type: string, row: ElementRow, owner: string, depth: number, place: Place): string[] {
  if (node.slices.length === 0 || place.exempt({ path: node.element.path, part: 'slicing' })) return [];
  const general = body(node, type, row, depth, place);
  const printed = node.slices.map((slice) => printSlice(slice, type, row, depth, place, general, node));
  const closed = node.element.slicing?.rules === 'closed';
  return [[`slices(${owner}, t, ${quote(node.name)}, ${closed}, [`, ...printed.map(indented), ']);'].join('\n')];
}

function printSlice(slice: ProfileNode, type: string, row: ElementRow, depth: number, place: Place, general: string[], node: ProfileNode): string {
  const { min, max } = slice.element;
  const head = `name: ${quote(slice.sliceName ?? '')}, min: ${min}, max: ${max === '*' ? 'Infinity' : max}, is: (i) => ${testOf(slice, node, place)}`;
  const checks = body(slice, type, row, depth, place).filter((statement) => !general.includes(statement));
  return checks.length === 0 ? `{ ${head} },` : [`{ ${head}, check: (${variable(depth)}) => {`, ...checks.map(indented), '} },'].join('\n');
}

function testOf(slice: ProfileNode, node: ProfileNode, place: Place): string {
  try {
    return sliceTest(slice, node.element.slicing?.discriminator ?? [], place.release.valueSets);
  } catch (error) {
    if (!(error instanceof NotCompilable)) throw error;
    throw new Error(`${place.structure.url} ${slice.element.id} cannot be compiled, list it in not-compiled.ts with the reason: ${error.message}`);
  }
}
