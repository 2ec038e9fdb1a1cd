import { isJsonObject, type JsonObject } from './json-values';
import { PatchError } from './patch-error';

/** A place in a JSON document: its holder and the member or index there. */
export interface Place {
  holder: JsonObject | unknown[];
  key: string;
}

/** The segments of a JSON Pointer (RFC 6901); empty for the whole document. */
export function readPointer(pointer: unknown): string[] {
  if (typeof pointer !== 'string') throw new PatchError('document', 'A path must be a JSON Pointer in a string.');
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw new PatchError('document', 'A JSON Pointer begins with a slash.');
  if (/~(?![01])/.test(pointer)) throw new PatchError('document', 'In a JSON Pointer ~ is written ~0, and / within a name ~1.');
  const segments = pointer.slice(1).split('/').map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (segments.some((segment) => RESERVED.has(segment))) throw new PatchError('document', 'A path names something that is no element.');
  return segments;
}

/** Names that every JavaScript object has; no FHIR element is called so. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/** Walks to the holder of the last segment, which itself need not be there. */
export function findPlace(root: unknown, segments: readonly string[]): Place {
  let holder: unknown = root;
  for (const segment of segments.slice(0, -1)) holder = valueAt({ holder: asHolder(holder), key: segment });
  return { holder: asHolder(holder), key: segments.at(-1)! };
}

/** What is there. Throws where nothing is. */
export function valueAt({ holder, key }: Place): unknown {
  if (Array.isArray(holder)) return holder[indexIn(holder, key)];
  if (!Object.hasOwn(holder, key)) throw nothing();
  return holder[key];
}

const INDEX = /^(?:0|[1-9]\d{0,8})$/;

/** Position of an item that is there. */
export function indexIn(list: readonly unknown[], key: string, end = list.length): number {
  if (!INDEX.test(key)) throw new PatchError('state', 'A path names an item of a list by something that is no index.');
  const index = Number(key);
  if (index >= end) throw nothing();
  return index;
}

function asHolder(value: unknown): JsonObject | unknown[] {
  if (Array.isArray(value) || isJsonObject(value)) return value;
  throw nothing();
}

const nothing = (): PatchError => new PatchError('state', 'There is nothing at this path.');
