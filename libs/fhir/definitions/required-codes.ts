import { VALUE_SETS } from '../generated/value-sets';

const compiled = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();

/** Codes of a value set by code system. Throws on a name that was not compiled. */
export function codesBySystem(valueSet: string): ReadonlyMap<string, ReadonlySet<string>> {
  let codes = compiled.get(valueSet);
  if (codes === undefined) {
    codes = new Map(linesOf(valueSet).map((line) => [line[0] ?? '', new Set(line.slice(1))]));
    compiled.set(valueSet, codes);
  }
  return codes;
}

/** All codes of a value set, as an element of type `code` uses them: without system. */
export function codesOfValueSet(valueSet: string): ReadonlySet<string> {
  return new Set([...codesBySystem(valueSet).values()].flatMap((codes) => [...codes]));
}

function linesOf(valueSet: string): string[][] {
  const text = Object.hasOwn(VALUE_SETS, valueSet) ? VALUE_SETS[valueSet] : undefined;
  if (text === undefined) throw new Error(`No such value set: ${valueSet}`);
  return text.split('\n').map((line) => line.split(' '));
}
