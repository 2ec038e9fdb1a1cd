import { MAX_DEPTH } from '../json/parse-json';
import { findPlace, indexIn, type Place, readPointer, valueAt } from './json-pointer';
import { cloneJson, countValues, define, depthOf, isJsonObject, sameJson } from './json-values';
import { MOST_OPERATIONS, PatchError } from './patch-error';
import { withoutEmptied } from './without-emptied';

/** One operation of a JSON Patch, its pointers read. */
export type JsonOperation =
  | { op: 'add' | 'replace' | 'test'; path: string[]; value: unknown }
  | { op: 'remove'; path: string[] }
  | { op: 'move' | 'copy'; path: string[]; from: string[] };

/** What all copies of one patch may add up to: copying a list into itself doubles it each time. */
const MOST_COPIED = 20_000;

/** Reads a JSON Patch (RFC 6902). Throws `PatchError` naming the operation that is none. */
export function readJsonPatch(document: unknown): JsonOperation[] {
  if (!Array.isArray(document)) throw new PatchError('document', 'A JSON Patch is an array of operations.');
  if (document.length === 0) throw new PatchError('document', 'The patch holds no operation.');
  if (document.length > MOST_OPERATIONS) throw new PatchError('document', `A patch may hold at most ${MOST_OPERATIONS} operations.`);
  return document.map((operation, index) => at(index, () => readOperation(operation)));
}

function readOperation(operation: unknown): JsonOperation {
  if (!isJsonObject(operation)) throw new PatchError('document', 'An operation is an object.');
  const { op } = operation;
  const path = readPointer(operation.path);
  if (op === 'remove') return { op, path };
  if (op === 'move' || op === 'copy') return { op, path, from: readPointer(operation.from) };
  if (op !== 'add' && op !== 'replace' && op !== 'test') throw new PatchError('document', 'op must be add, remove, replace, move, copy or test.');
  if (!Object.hasOwn(operation, 'value')) throw new PatchError('document', `${op} needs a value.`);
  return { op, path, value: operation.value };
}

/** Applies the operations to `root`, in order and in place; returns the outcome. Throws `PatchError` at the first that fails. */
export function applyJsonPatch(root: unknown, operations: readonly JsonOperation[]): unknown {
  const target: Target = { root, copied: 0, emptied: new Set() };
  for (const [index, operation] of operations.entries()) at(index, () => applyOperation(target, operation));
  return target.emptied.size > 0 ? withoutEmptied(target.root, target.emptied) : target.root;
}

interface Target {
  root: unknown;
  copied: number;
  /** Lists and objects that something was taken out of. */
  emptied: Set<unknown>;
}

function applyOperation(target: Target, operation: JsonOperation): void {
  const { op, path } = operation;
  switch (op) {
    case 'add': return add(target, path, cloneJson(operation.value));
    case 'remove': return void remove(target, path);
    case 'replace': return replace(target, path, cloneJson(operation.value));
    case 'move': return move(target, operation.from, path);
    case 'copy': return add(target, path, copied(target, operation.from));
    case 'test': {
      if (!sameJson(get(target, path), operation.value)) throw new PatchError('state', 'The test failed: the resource holds another value at this path.');
    }
  }
}

const get = ({ root }: Target, path: string[]): unknown => (path.length === 0 ? root : valueAt(findPlace(root, path)));

function add(target: Target, path: string[], value: unknown): void {
  if (path.length + depthOf(value) > MAX_DEPTH) throw new PatchError('state', `The resource would nest deeper than ${MAX_DEPTH}.`);
  if (path.length === 0) {
    target.root = value;
    return;
  }
  const { holder, key } = findPlace(target.root, path);
  if (!Array.isArray(holder)) define(holder, key, value);
  else holder.splice(key === '-' ? holder.length : indexIn(holder, key, holder.length + 1), 0, value);
}

function replace(target: Target, path: string[], value: unknown): void {
  get(target, path);
  if (path.length > 0) take(findPlace(target.root, path));
  add(target, path, value);
}

function take({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
}

function remove(target: Target, path: string[]): unknown {
  if (path.length === 0) throw new PatchError('state', 'A patch cannot remove the resource; delete it.');
  const { holder, key } = findPlace(target.root, path);
  const value = valueAt({ holder, key });
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
  target.emptied.add(holder);
  return value;
}

/** RFC 6902 §4.4: nothing can be moved into what it holds. */
function move(target: Target, from: string[], path: string[]): void {
  const within = path.length > from.length && from.every((segment, index) => segment === path[index]);
  if (within) throw new PatchError('document', 'A value cannot be moved into itself.');
  if (from.length === 0) throw new PatchError('document', 'The whole resource cannot be moved.');
  add(target, path, remove(target, from));
}

function copied(target: Target, from: string[]): unknown {
  const value = get(target, from);
  target.copied += countValues(value);
  if (target.copied > MOST_COPIED) throw new PatchError('document', 'The patch copies more than it may.');
  return cloneJson(value);
}

function at<T>(index: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof PatchError && error.operation === undefined ? new PatchError(error.fault, error.message, index) : error;
  }
}
