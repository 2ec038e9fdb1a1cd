import type { IndexEntries } from '../index-entries';
import { items, object } from '../navigate';
import { identifierTypeParam, tokenTextParam } from '../parameter-id';

/** Each coding of a CodeableConcept; its text is no token (R4 §3.1.1.4.10), but what `:text` searches. */
export function conceptAsToken(out: IndexEntries, param: number, value: unknown): void {
  if (value === undefined) return;
  const { coding, text } = object(value);
  addText(out, param, text);
  for (const one of items(coding)) codingAsToken(out, param, one);
}

export function codingAsToken(out: IndexEntries, param: number, value: unknown): void {
  if (value === undefined) return;
  const { system, code, display } = object(value);
  addToken(out, param, system, code);
  addText(out, param, display);
}

/** Its value in its system; for `:of-type` together with each coding of its type. */
export function identifierAsToken(out: IndexEntries, param: number, value: unknown): void {
  const { system, value: text, type } = object(value);
  addToken(out, param, system, text);
  if (type === undefined) return;
  const { coding, text: typeText } = object(type);
  addText(out, param, typeText);
  if (typeof text !== 'string') return;
  for (const one of items(coding)) {
    const { system: typeSystem, code } = object(one);
    if (typeof typeSystem === 'string' && typeof code === 'string') out.composite.push({ param: identifierTypeParam(param), system: typeSystem, code, lo: 0, hi: 0, text, system2: '' });
  }
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

/** Displays and texts are searched by `:text` like strings. */
function addText(out: IndexEntries, param: number, value: unknown): void {
  if (typeof value === 'string') out.string.push({ param: tokenTextParam(param), value });
}
