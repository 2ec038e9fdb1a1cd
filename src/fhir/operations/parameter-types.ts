import { isResourceType } from '#libs/fhir';
import type { OperationParameter } from './operation';

/** Data types written as JSON text. */
const TEXT = new Set(['string', 'uri', 'url', 'canonical', 'code', 'id', 'oid', 'uuid', 'markdown', 'date', 'dateTime', 'instant', 'time', 'base64Binary']);
const NUMBER = new Set(['integer', 'positiveInt', 'unsignedInt', 'decimal']);
/** Types of search parameters: their values have a syntax of their own, carried as strings (R4 §3.2.0.3). */
const SEARCH = new Set(['number', 'token', 'reference', 'composite', 'quantity', 'special']);

export type ParameterKind = 'text' | 'number' | 'boolean' | 'element' | 'resource' | 'parts';

export function kindOf({ type }: OperationParameter): ParameterKind {
  if (type === undefined) return 'parts';
  if (type === 'Resource' || isResourceType(type)) return 'resource';
  if (TEXT.has(type) || SEARCH.has(type)) return 'text';
  if (NUMBER.has(type)) return 'number';
  return type === 'boolean' ? 'boolean' : 'element';
}

/** `value[x]` of a parameter of this type. */
export function valueName(type: string): string {
  const dataType = SEARCH.has(type) ? 'string' : type;
  return `value${dataType.charAt(0).toUpperCase()}${dataType.slice(1)}`;
}
