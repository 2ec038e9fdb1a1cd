import type { ColumnSpecs } from '../database';
import type { Problem } from '../kernel';
import { isSqlDate } from './rules';

/**
 * Values on their way into and out of the columns of a domain's table. A column holds what its type says, on both
 * databases alike: SQLite would store anything, MariaDB would fail.
 */
type Fields = Record<string, unknown>;

const NUMBER = /^(int|bigint|double|decimal)/;
const DECIMAL = /^-?\d{1,15}(\.\d{1,12})?$/;
const MOST: Record<string, number> = { int: 2_147_483_647, bigint: Number.MAX_SAFE_INTEGER };

export const isNumberColumn = (spec: string): boolean => NUMBER.test(spec);

/** Columns of date and time are the strings of exactly this size. */
const isMoment = (spec: string): boolean => spec.startsWith('string(19)');

/** Given fields that do not fit their column; objects, arrays and empty values are not judged here. */
export function misfits(given: Fields, specs: ColumnSpecs): Problem[] {
  return Object.entries(given).flatMap(([path, value]): Problem[] => {
    const spec = specs[path];
    if (!spec || typeof value === 'object' || value === '') return [];
    const problem = isNumberColumn(spec) ? misfitOfNumber(spec, value) : misfitOfText(spec, String(value));
    return problem ? [{ path, rule: problem.rule, message: `${path.replaceAll('_', ' ')} ${problem.says}` }] : [];
  });
}

type Misfit = { rule: string; says: string } | undefined;

function misfitOfNumber(spec: string, value: unknown): Misfit {
  const number = typeof value === 'boolean' || !DECIMAL.test(String(value).trim()) ? Number.NaN : Number(value);
  const [precision = 12, scale = 6] = /\((\d+),(\d+)\)/.exec(spec)?.slice(1).map(Number) ?? [];
  const fits = spec.startsWith('decimal') ? Math.abs(number) < 10 ** (precision - scale) : Number.isInteger(number) && Math.abs(number) <= (MOST[/^\w+/.exec(spec)![0]] ?? Number.MAX_VALUE);
  return fits ? undefined : { rule: 'Numeric::NOT_NUMERIC', says: spec.startsWith('decimal') ? 'must be numeric and within range' : 'must be a whole number' };
}

function misfitOfText(spec: string, value: string): Misfit {
  const size = sizeOf(spec);
  return size !== undefined && value.length > size ? { rule: 'LengthBetween::TOO_LONG', says: `must be ${size} characters or shorter` } : undefined;
}

const sizeOf = (spec: string): number | undefined => {
  const size = /^string\((\d+)\)/.exec(spec)?.[1];
  return size === undefined ? undefined : Number(size);
};

/** Clients send numbers as text and text as numbers, and dates with a T or without seconds. */
export function columnValue(spec: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (isNumberColumn(spec)) return Number(value);
  return isMoment(spec) ? String(value).replace(/^(\S{10})[ T](\d\d:\d\d)$/, '$1 $2:00').replace('T', ' ') : String(value);
}

/** Text cut to what the columns take. The resource it came from keeps it whole. */
export function fitted<Row>(columns: Partial<Row>, specs: ColumnSpecs): Partial<Row> {
  return Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, cut(value, sizeOf(specs[name] ?? ''))])) as Partial<Row>;
}

/** Half of a surrogate pair is no character. */
const cut = (value: unknown, size: number | undefined): unknown =>
  typeof value === 'string' && size !== undefined && value.length > size ? value.slice(0, size).replace(/[\uD800-\uDBFF]$/, '') : value;

/** The columns `specs` of a row as the standard API shows them: a day in a column of date and time has midnight. */
export function shownColumns(row: object, specs: ColumnSpecs): Fields {
  const values = row as Fields;
  const shown: Fields = {};
  for (const [name, moment] of momentsOf(specs)) shown[name] = moment ? momentShown(values[name]) : (values[name] ?? null);
  return shown;
}

/**
 * The same as an expression of SQL that gives the text of a JSON object. Where a record has a hundred columns, the
 * database writes that text in a third of the time that it takes to fetch the values, name them and write them here.
 */
export function shownJson(specs: ColumnSpecs): string {
  const shown = momentsOf(specs).map(([name, moment]) => `'${name}', ${moment ? momentInSql(name) : name}`);
  // CONCAT, since MariaDB's driver would parse what it knows to be JSON.
  return `CONCAT(JSON_OBJECT(${shown.join(', ')}), '')`;
}

const momentInSql = (name: string): string => `CASE WHEN ${name} LIKE '____-__-__' THEN CONCAT(${name}, ' 00:00:00') ELSE ${name} END`;

const moments = new WeakMap<ColumnSpecs, readonly (readonly [string, boolean])[]>();

/** The columns, and whether each is a date and time: told once for each table. */
function momentsOf(specs: ColumnSpecs): readonly (readonly [string, boolean])[] {
  const known = moments.get(specs) ?? Object.entries(specs).map(([name, spec]) => [name, isMoment(spec)] as const);
  moments.set(specs, known);
  return known;
}

const momentShown = (value: unknown): unknown => (typeof value === 'string' && isSqlDate(value) ? `${value} 00:00:00` : (value ?? null));

/** Does the request change this column? Numbers may come as text, and null means empty. */
export const changes = <Row extends object>(given: Fields, before: Row, name: keyof Row & string): boolean => name in given && String(given[name] ?? '') !== String(before[name] ?? '');

/** A day that comes back as it was shown is still a day: without this, sending a record back as it was read would change it. */
export function unpadded<Row>(given: Partial<Row>, before: Row, specs: ColumnSpecs): Partial<Row> {
  const stored = before as Fields;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, isMoment(specs[name] ?? '') && value === momentShown(stored[name]) ? stored[name] : value]),
  ) as Partial<Row>;
}
