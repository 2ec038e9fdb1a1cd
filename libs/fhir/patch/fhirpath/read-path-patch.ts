import { parseFhirPath } from '../../fhirpath/parse-fhir-path';
import { FhirPathSyntaxError, type PathNode } from '../../fhirpath/path-node';
import { isJsonObject, type JsonObject } from '../json-values';
import { MOST_OPERATIONS, PatchError } from '../patch-error';
import { type GivenValue, givenValue } from './given-value';

/** One operation of a FHIRPath Patch (https://hl7.org/fhir/R4/fhirpatch.html). */
export type PathOperation =
  | { type: 'add'; path: PathNode; name: string; value: GivenValue }
  | { type: 'insert'; path: PathNode; index: number; value: GivenValue }
  | { type: 'delete'; path: PathNode }
  | { type: 'replace'; path: PathNode; value: GivenValue }
  | { type: 'move'; path: PathNode; source: number; destination: number };

/** Reads the operations out of Parameters that are valid FHIR. Throws `PatchError` naming the operation that is none. */
export function readPathPatch(parameters: unknown): PathOperation[] {
  const given = isJsonObject(parameters) && parameters.resourceType === 'Parameters' ? parameters.parameter : undefined;
  if (!Array.isArray(given) || given.length === 0) throw new PatchError('document', 'A FHIRPath Patch is Parameters with at least one operation.');
  if (given.length > MOST_OPERATIONS) throw new PatchError('document', `A patch may hold at most ${MOST_OPERATIONS} operations.`);
  return given.map((parameter, index) => {
    try {
      return readOperation(parameter);
    } catch (error) {
      throw error instanceof PatchError && error.operation === undefined ? new PatchError(error.fault, error.message, index) : error;
    }
  });
}

function readOperation(parameter: unknown): PathOperation {
  if (!isJsonObject(parameter) || parameter.name !== 'operation' || !Array.isArray(parameter.part)) throw new PatchError('document', 'Each parameter must be called operation and have parts.');
  const parts = partsByName(parameter.part);
  const type = textOf(parts, 'type');
  const path = pathOf(textOf(parts, 'path'));
  switch (type) {
    case 'add': return { type, path, name: textOf(parts, 'name'), value: givenValue(needed(parts, 'value')) };
    case 'insert': return { type, path, index: indexOf(parts, 'index'), value: givenValue(needed(parts, 'value')) };
    case 'delete': return { type, path };
    case 'replace': return { type, path, value: givenValue(needed(parts, 'value')) };
    case 'move': return { type, path, source: indexOf(parts, 'source'), destination: indexOf(parts, 'destination') };
    default: throw new PatchError('document', 'type must be add, insert, delete, replace or move.');
  }
}

const PARTS = new Set(['type', 'path', 'name', 'value', 'index', 'source', 'destination']);

function partsByName(parts: readonly unknown[]): Map<string, JsonObject> {
  const byName = new Map<string, JsonObject>();
  for (const part of parts) {
    const name = isJsonObject(part) ? String(part.name) : '';
    if (!PARTS.has(name)) throw new PatchError('document', `An operation has no part of this name; it has ${[...PARTS].join(', ')}.`);
    if (byName.has(name)) throw new PatchError('document', `${name} is given twice.`);
    byName.set(name, part as JsonObject);
  }
  return byName;
}

function needed(parts: ReadonlyMap<string, JsonObject>, name: string): JsonObject {
  const part = parts.get(name);
  if (!part) throw new PatchError('document', `${name} is missing.`);
  return part;
}

/** Of type code or string, as senders have it. */
function textOf(parts: ReadonlyMap<string, JsonObject>, name: string): string {
  const part = needed(parts, name);
  const value = part.valueString ?? part.valueCode;
  if (typeof value !== 'string') throw new PatchError('document', `${name} must be a code or a string.`);
  return value;
}

function indexOf(parts: ReadonlyMap<string, JsonObject>, name: string): number {
  const part = needed(parts, name);
  const value = part.valueInteger ?? part.valueUnsignedInt ?? part.valuePositiveInt;
  if (typeof value !== 'number' || value < 0) throw new PatchError('document', `${name} must be an integer, 0 or more.`);
  return value;
}

function pathOf(text: string): PathNode {
  try {
    return parseFhirPath(text);
  } catch (error) {
    throw error instanceof FhirPathSyntaxError ? new PatchError('document', `The path is no FHIRPath: ${error.message}`) : error;
  }
}
