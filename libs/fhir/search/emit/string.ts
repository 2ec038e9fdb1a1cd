import type { IndexEntries } from '../index-entries';
import { items, object } from '../navigate';

/** The text as it is written; whoever stores it folds case and accents. */
export function textAsString(out: IndexEntries, param: number, value: unknown): void {
  if (typeof value === 'string') out.string.push({ param, value });
}

/** Any part of a name may match, and the text of the whole (R4 §3.1.1.4.8). */
export function humanNameAsString(out: IndexEntries, param: number, value: unknown): void {
  const name = object(value);
  textAsString(out, param, name.text);
  textAsString(out, param, name.family);
  for (const parts of [name.given, name.prefix, name.suffix]) {
    for (const part of items(parts)) textAsString(out, param, part);
  }
}

/** Any part of an address may match, and the text of the whole. */
export function addressAsString(out: IndexEntries, param: number, value: unknown): void {
  const address = object(value);
  textAsString(out, param, address.text);
  for (const line of items(address.line)) textAsString(out, param, line);
  for (const part of [address.city, address.district, address.state, address.postalCode, address.country]) {
    textAsString(out, param, part);
  }
}
