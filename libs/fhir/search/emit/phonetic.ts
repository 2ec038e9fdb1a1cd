import type { IndexEntries } from '../index-entries';
import { noEntries } from '../no-entries';
import { phoneticKeys } from '../phonetic';
import { humanNameAsString, textAsString } from './string';

/** How the words of a text sound. */
export function textAsPhonetic(out: IndexEntries, param: number, value: unknown): void {
  heard(out, param, (texts) => textAsString(texts, param, value));
}

/** How all parts of a name sound. */
export function humanNameAsPhonetic(out: IndexEntries, param: number, value: unknown): void {
  heard(out, param, (texts) => humanNameAsString(texts, param, value));
}

function heard(out: IndexEntries, param: number, read: (texts: IndexEntries) => void): void {
  const texts = noEntries();
  read(texts);
  const keys = new Set(texts.string.flatMap((entry) => phoneticKeys(entry.value)));
  for (const key of keys) out.string.push({ param, value: key });
}
