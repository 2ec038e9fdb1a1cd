import type { IndexEntries } from '../index-entries';
import { items, object } from '../navigate';

/** Each coding of a CodeableConcept; its text is no token (R4 §3.1.1.4.10). */
export function conceptAsToken(out: IndexEntries, param: number, value: unknown): void {
  if (value === undefined) return;
  for (const coding of items(object(value).coding)) codingAsToken(out, param, coding);
}

export function codingAsToken(out: IndexEntries, param: number, value: unknown): void {
  const { system, code } = object(value);
  addToken(out, param, system, code);
}

export function identifierAsToken(out: IndexEntries, param: number, value: unknown): void {
  const { system, value: text } = object(value);
  addToken(out, param, system, text);
}

/** The system of a ContactPoint (phone, email) is no namespace; its number or address is what is searched. */
export function contactPointAsToken(out: IndexEntries, param: number, value: unknown): void {
  addToken(out, param, undefined, object(value).value);
}

/** code, id, string and uri: a token without system. */
export function codeAsToken(out: IndexEntries, param: number, value: unknown): void {
  addToken(out, param, undefined, value);
}

export function booleanAsToken(out: IndexEntries, param: number, value: unknown): void {
  if (typeof value === 'boolean') out.token.push({ param, system: '', code: String(value) });
}

/** `true` if one of the values is there and not false, else `false`: a resource without any is found by `false`. */
export function presenceAsToken(out: IndexEntries, param: number, values: readonly unknown[]): void {
  const isPresent = values.some((value) => value !== undefined && value !== null && value !== false);
  out.token.push({ param, system: '', code: String(isPresent) });
}

function addToken(out: IndexEntries, param: number, system: unknown, code: unknown): void {
  if (typeof code !== 'string') return;
  out.token.push({ param, system: typeof system === 'string' ? system : '', code });
}
