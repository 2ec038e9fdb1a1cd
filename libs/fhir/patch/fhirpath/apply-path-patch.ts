import type { PathNode } from '../../fhirpath/path-node';
import { MAX_DEPTH } from '../../json/parse-json';
import type { FhirResource } from '../../resource';
import { depthOf, type JsonObject } from '../json-values';
import { PatchError } from '../patch-error';
import { withoutEmptied } from '../without-emptied';
import { content, type GivenValue, ruleFor } from './given-value';
import type { PathOperation } from './read-path-patch';
import { type Member, membersOf, readMember, rulesNamed, type Site, type Spot, writeMember } from './spot';
import { PathWalk } from './walk-path';

/** Applies the operations to `resource`, in order and in place; returns the outcome. Throws `PatchError` at the first that fails. */
export function applyPathPatch(resource: FhirResource, operations: readonly PathOperation[]): unknown {
  const emptied = new Set<unknown>();
  const walk = new PathWalk({ type: resource.resourceType, value: resource });
  operations.forEach((operation, index) => {
    try {
      apply(walk, operation, emptied);
    } catch (error) {
      throw error instanceof PatchError && error.operation === undefined ? new PatchError(error.fault, error.message, index) : error;
    }
  });
  return emptied.size > 0 ? withoutEmptied(resource, emptied) : resource;
}

function apply(walk: PathWalk, operation: PathOperation, emptied: Set<unknown>): void {
  switch (operation.type) {
    case 'add': return add(one(walk.walk(operation.path)), operation.name, operation.value);
    case 'insert': return insert(walk, operation.path, operation.index, operation.value);
    case 'delete': return remove(walk.walk(operation.path), emptied);
    case 'replace': return replace(one(walk.walk(operation.path)), operation.value);
    case 'move': return move(walk, operation.path, operation.source, operation.destination);
  }
}

function one(spots: readonly Spot[]): Spot {
  if (spots.length === 0) throw new PatchError('state', 'The path leads to nothing.');
  if (spots.length > 1) throw new PatchError('state', 'The path leads to more than one element; it must name one.');
  return spots[0]!;
}

/** At the end of a list, or where nothing is yet. */
function add(owner: Spot, name: string, given: GivenValue): void {
  const rule = ruleFor(owner.type, name, given);
  const holder = holderOf(owner);
  if (!rule.many && rulesNamed(owner.type, name).some((other) => readMember(holder, other).values.length > 0 && isThere(readMember(holder, other)))) {
    throw new PatchError('state', `${owner.type}.${name} is there already; replace it.`);
  }
  const member = rule.many ? readMember(holder, rule) : { values: [], companions: [] };
  put(member, member.values.length, content(rule, given), owner);
  writeMember(holder, rule, member);
}

const isThere = ({ values, companions }: Member): boolean => values[0] !== undefined || companions[0] !== undefined;

function put({ values, companions }: Member, index: number, { value, companion }: { value: unknown; companion: unknown }, owner: Spot): void {
  if (levelOf(owner) + depthOf(value) + 2 > MAX_DEPTH) throw new PatchError('state', `The resource would nest deeper than ${MAX_DEPTH}.`);
  values.splice(index, 0, value);
  companions.splice(index, 0, companion);
}

/** Levels of JSON down to the members of a spot. */
const levelOf = ({ site }: Spot): number => (site ? levelOf(site.owner) + (site.index === undefined ? 1 : 2) : 1);

function holderOf(owner: Spot): JsonObject {
  const holder = membersOf(owner, true);
  if (!holder) throw new PatchError('state', 'The path leads to something that has no elements.');
  return holder;
}

/** R4: the path of a list, with nothing behind its name. An empty list can be inserted into as well. */
function listAt(walk: PathWalk, path: PathNode): { owner: Spot; name: string } {
  if (path.kind !== 'child') throw new PatchError('document', 'The path must end with the name of a list.');
  const owner = one(path.of ? walk.walk(path.of) : [walk.root]);
  return { owner, name: path.name };
}

function insert(walk: PathWalk, path: PathNode, index: number, given: GivenValue): void {
  const { owner, name } = listAt(walk, path);
  const rule = ruleFor(owner.type, name, given);
  if (!rule.many) throw new PatchError('document', `${owner.type}.${name} is no list.`);
  const member = readMember(holderOf(owner), rule);
  if (index > member.values.length) throw new PatchError('state', 'The index lies beyond the end of the list.');
  put(member, index, content(rule, given), owner);
  writeMember(holderOf(owner), rule, member);
}

/** R4: what is not there is deleted already. */
function remove(spots: readonly Spot[], emptied: Set<unknown>): void {
  if (spots.length === 0) return;
  const { owner, rule, index } = siteOf(one(spots));
  const holder = holderOf(owner);
  const member = readMember(holder, rule);
  member.values.splice(index ?? 0, 1);
  member.companions.splice(index ?? 0, 1);
  writeMember(holder, rule, member);
  emptied.add(holder);
}

function replace(spot: Spot, given: GivenValue): void {
  const { owner, rule, index } = siteOf(spot);
  const holder = holderOf(owner);
  const next = ruleFor(owner.type, rule.choice?.replace('[x]', '') ?? rule.name, given);
  const member = next === rule ? readMember(holder, rule) : { values: [undefined], companions: [undefined] };
  if (next !== rule) writeMember(holder, rule, { values: [], companions: [] });
  member.values.splice(index ?? 0, 1);
  member.companions.splice(index ?? 0, 1);
  put(member, index ?? 0, content(next, given), owner);
  writeMember(holder, next, member);
}

function siteOf({ site }: Spot): Site {
  if (!site) throw new PatchError('state', 'A patch changes elements of the resource; the path leads to none.');
  return site;
}

function move(walk: PathWalk, path: PathNode, source: number, destination: number): void {
  const { owner, name } = listAt(walk, path);
  const rule = rulesNamed(owner.type, name)[0]!;
  if (!rule.many) throw new PatchError('document', `${owner.type}.${name} is no list.`);
  const holder = holderOf(owner);
  const member = readMember(holder, rule);
  if (source >= member.values.length || destination >= member.values.length) throw new PatchError('state', 'An index lies beyond the end of the list.');
  for (const list of [member.values, member.companions]) list.splice(destination, 0, ...list.splice(source, 1));
  writeMember(holder, rule, member);
}
