import type { FhirResource } from '#libs/fhir';
import { listed } from './elements';
import type { Fields, SearchParameter } from './package';

/** The kit's own reading of search: independent of the server's, so that one can be held against the other. */
export interface Probe {
  /** What a client may write for the value; all mean the same. */
  forms: string[];
}

const CHOICE = /^(Quantity|CodeableConcept|Coding|Period|DateTime|Date|Instant|Reference|String|Code|Uri|Canonical)$/;

const known = new Map<string, WeakMap<FhirResource, unknown[]>>();

/** Values at the path of a search parameter. */
export function valuesAt(resource: FhirResource, { expression }: SearchParameter): unknown[] {
  const read = known.get(expression) ?? new WeakMap<FhirResource, unknown[]>();
  known.set(expression, read);
  const values = read.get(resource) ?? valuesOf(resource, expression);
  read.set(resource, values);
  return values;
}

function valuesOf(resource: FhirResource, expression: string): unknown[] {
  const parts = expression.split('|').map((part) => part.trim().replace(/^\((.+) as \w+\)$/, '$1').replace(/\.(as\(\w+\)|where\(resolve\(\) is \w+\))/g, ''));
  return parts.filter((part) => [resource.resourceType, 'Resource'].includes(part.split('.')[0]!)).flatMap((part) => walk([resource], part.slice(part.indexOf('.') + 1)));
}

function walk(nodes: unknown[], path: string): unknown[] {
  if (path === '') return nodes;
  const [, name, where, rest] = /^(\w+)(?:\.where\(url ?= ?'([^']+)'\))?\.?(.*)$/.exec(path)!;
  const found = nodes.flatMap((node) => Object.entries(node as Fields).filter(([key]) => key === name || (key.startsWith(name!) && CHOICE.test(key.slice(name!.length)))).flatMap(([, value]) => listed(value)));
  return walk(where ? found.filter((one) => (one as Fields).url === where) : found, rest!);
}

/** Search values that find a resource by a parameter; none where it has no value there. */
export function probesOf(parameter: SearchParameter, resource: FhirResource): Probe[] {
  return valuesAt(resource, parameter).flatMap((value) => {
    if (parameter.type === 'token') return tokensOf(value).map(({ system, code }) => ({ forms: system ? [written(code), `${system}|${written(code)}`] : [written(code)] }));
    if (parameter.type === 'reference') return referenceOf(value).map((reference) => ({ forms: [reference.slice(reference.lastIndexOf('/') + 1), reference].filter((form) => !reference.includes('://') || form === reference) }));
    if (parameter.type === 'date') return rangeOf(value) ? [{ forms: [dayOf(value)] }] : [];
    return textsOf(value).slice(0, 1).map((text) => ({ forms: [written(text)] }));
  });
}

const written = (text: string): string => text.replace(/[\\,$|]/g, (sign) => `\\${sign}`);

/** Whether a resource is to be found by `value` (escaped commas are no separators). */
export function isFoundBy(parameter: SearchParameter, value: string, resource: FhirResource): boolean {
  return value.split(/(?<!\\),/).some((one) => valuesAt(resource, parameter).some((found) => meets(parameter, one, found)));
}

function meets({ type }: SearchParameter, value: string, found: unknown): boolean {
  const plain = value.replace(/\\(.)/g, '$1');
  if (type === 'token') return tokensOf(found).some(({ system, code }) => plain === code || plain === `${system}|${code}`);
  if (type === 'reference') return referenceOf(found).some((reference) => reference === plain || reference.endsWith(`/${plain}`) || plain.endsWith(`/${reference}`) || reference.split('|')[0] === plain);
  if (type === 'string') return textsOf(found).some((text) => fold(text).startsWith(fold(plain)));
  const [, comparator, date] = /^(gt|ge|lt|le)?(.+)$/.exec(plain)!;
  return compares(comparator, rangeOf(found), rangeOf(date));
}

function compares(comparator: string | undefined, found: Range | undefined, asked: Range | undefined): boolean {
  if (!found || !asked) return false;
  const within = found.from >= asked.from && found.to <= asked.to;
  if (comparator === 'gt') return found.to > asked.to;
  if (comparator === 'lt') return found.from < asked.from;
  if (comparator === 'ge') return found.to > asked.to || within;
  return comparator === 'le' ? found.from < asked.from || within : within;
}

function tokensOf(value: unknown): { system?: string; code: string }[] {
  if (typeof value !== 'object' || value === null) return [{ code: String(value) }];
  const fields = value as { system?: string; code?: string; value?: string; coding?: unknown[] };
  if (fields.coding) return fields.coding.flatMap(tokensOf);
  const code = fields.code ?? fields.value;
  return code === undefined ? [] : [{ system: fields.system, code }];
}

const referenceOf = (value: unknown): string[] => (typeof value === 'string' ? [value] : listed((value as Fields).reference as string | undefined) as string[]);

/** Strings of a name or an address, the most telling first. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  const { family, given, line, city, state, postalCode, country, text, prefix, suffix } = value as Record<string, string | string[]>;
  return [family, given, city, line, state, postalCode, country, text, prefix, suffix].flatMap((part) => listed(part) as string[]);
}

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export interface Range {
  from: number;
  to: number;
}

const DAY = 86_400_000;
const SPANS: [RegExp, (start: Date) => number][] = [
  [/^\d{4}$/, (start) => Date.UTC(start.getUTCFullYear() + 1, 0)],
  [/^\d{4}-\d\d$/, (start) => Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1)],
  [/^\d{4}-\d\d-\d\d$/, (start) => start.getTime() + DAY],
  [/T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/, (start) => start.getTime() + 1000],
  [/\.\d{3}(Z|[+-]\d\d:\d\d)$/, (start) => start.getTime() + 1],
];

/** The time a date or a period covers, to the last millisecond (search.html#date in R4). */
export function rangeOf(value: unknown): Range | undefined {
  if (typeof value === 'object' && value !== null) {
    const { start, end } = value as { start?: string; end?: string };
    return { from: start ? rangeOf(start)!.from : Number.NEGATIVE_INFINITY, to: end ? rangeOf(end)!.to : Number.POSITIVE_INFINITY };
  }
  const text = String(value);
  const start = new Date(text);
  const span = SPANS.find(([form]) => form.test(text));
  return span && !Number.isNaN(start.getTime()) ? { from: start.getTime(), to: span[1](start) - 1 } : undefined;
}

/** What a client would ask: the day for a day, the second for a moment, the start for a period. */
function dayOf(value: unknown): string {
  if (typeof value === 'object') return String((value as Fields).start ?? (value as Fields).end);
  return String(value);
}

/** A day earlier or later, in the same precision. */
export function daysFrom(date: string, days: number): string {
  const moved = new Date(new Date(date).getTime() + days * DAY).toISOString();
  return date.includes('T') ? `${moved.slice(0, 19)}Z` : moved.slice(0, date.length);
}
