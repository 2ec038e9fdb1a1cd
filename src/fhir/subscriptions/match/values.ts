import type { DateEntry, DateValue, NumberValue, QuantityEntry, QuantityValue, ReferenceEntry, ReferenceValue, StringEntry, StringTest, TokenEntry, TokenValue, UriEntry, UriTest, UriValue } from '#libs/fhir';
import { foldText } from '../../../kernel';

// What the conditions of a search ask of a row of an index (src/fhir/search/parameters), asked of an entry in memory.

export const tokenMatches = ({ system, code }: TokenValue, entry: TokenEntry): boolean => (system === undefined || entry.system === system) && (code === undefined || entry.code === code);

export function stringMatches({ text }: { text: string }, modifier: StringTest['modifier'], { value }: StringEntry): boolean {
  if (modifier === 'exact') return value === text;
  const [folded, sought] = [foldText(value), foldText(text)];
  return modifier === 'contains' ? folded.includes(sought) : folded.startsWith(sought);
}

export function dateMatches({ prefix, lo: a, hi: b }: DateValue, { lo, hi }: DateEntry, now: number): boolean {
  switch (prefix) {
    case 'eq': return lo >= a && lo < b && hi <= b;
    case 'ne': return lo < a || hi > b;
    case 'gt': return hi > b;
    case 'lt': return lo < a;
    case 'ge': return hi > b || lo >= a;
    case 'le': return lo < b && (lo < a || hi <= b);
    case 'sa': return lo >= b;
    case 'eb': return hi <= a;
    case 'po': return lo < b && hi > a;
    case 'ap': {
      const slack = Math.abs(now - (a + b) / 2) / 10;
      return lo < b + slack && hi > a - slack;
    }
  }
}

export function numberMatches(asked: NumberValue, { value, lo, hi }: QuantityEntry): boolean {
  const x = asked.value;
  const within = value >= asked.lo && value < asked.hi && lo < asked.hi && hi > asked.lo;
  switch (asked.prefix) {
    case 'eq': return within;
    case 'ne': return !within;
    case 'gt': return value > x;
    case 'ge': return value >= x;
    case 'lt': return value < x;
    case 'le': return value <= x;
    case 'sa': return lo > x;
    case 'eb': return hi < x;
    case 'po': return lo < asked.hi && hi > asked.lo;
    case 'ap': return lo < asked.hi + Math.abs(x) / 10 && hi > asked.lo - Math.abs(x) / 10;
  }
}

export const quantityMatches = (asked: QuantityValue, entry: QuantityEntry): boolean =>
  numberMatches(asked, entry) && (asked.code === undefined || entry.code === asked.code) && (asked.system === undefined || entry.system === asked.system);

export const referenceMatches = ({ targets, canonical }: ReferenceValue, { target }: ReferenceEntry): boolean => targets.some((one) => target === one || (canonical && target.startsWith(`${one}|`)));

export function uriMatches({ uri, canonical }: UriValue, modifier: UriTest['modifier'], { value }: UriEntry): boolean {
  const below = (path: string, whole: string) => whole === path || whole.startsWith(path.endsWith('/') ? path : `${path}/`);
  if (modifier === 'below') return below(uri, value);
  return modifier === 'above' ? below(value, uri) : value === uri || (canonical === true && value.startsWith(`${uri}|`));
}
