import { Decimal, isNumber } from '../json/decimal';
import { LOGICAL_ID } from '../resource';
import { isCalendarDay } from './calendar';

/** A primitive data type: the JSON type that carries it and which values of that type are in its value space. */
export interface PrimitiveType {
  json: 'string' | 'number' | 'boolean';
  accepts: (value: never) => boolean;
  /** Completes “expected …”. */
  expected: string;
}

const MAX_INTEGER = 2147483647;

// Every pattern runs in linear time: no repetition can match the same character in two ways.
const DATE = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?$/;
const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?$/;
const ZONED_TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/;
const CODE = /^\S+(?:\s\S+)*$/;
const OID = /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/;
const UUID = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

const text = (accepts: (value: string) => boolean, expected: string): PrimitiveType => ({ json: 'string', accepts, expected });
const matching = (pattern: RegExp, expected: string): PrimitiveType => text((value) => pattern.test(value), expected);
const integerFrom = (least: number, expected: string): PrimitiveType => {
  return { json: 'number', accepts: (value: number | Decimal) => isIntegerBetween(value, least), expected };
};

const STRING = text((value) => value.length > 0, 'a string that is not empty');
const URI = text((value) => value.length > 0 && !/\s/.test(value), 'a URI without blanks');

/** The primitive types of R4 §2.24.0.1, by name. */
export const PRIMITIVE_TYPES: ReadonlyMap<string, PrimitiveType> = new Map([
  ['base64Binary', text(isBase64, 'base64 text')],
  ['boolean', { json: 'boolean', accepts: () => true, expected: 'true or false' }],
  ['canonical', URI],
  ['code', matching(CODE, 'a code: no blanks at its ends, single ones within')],
  ['date', text(isDate, 'a date that exists: YYYY, YYYY-MM or YYYY-MM-DD')],
  ['dateTime', text(isDateTime, 'a date that exists, or one with time to the second and time zone')],
  [
    'decimal',
    { json: 'number', accepts: (value: number | Decimal) => value instanceof Decimal || Number.isFinite(value), expected: 'a decimal' },
  ],
  ['id', matching(LOGICAL_ID, 'an id: up to 64 letters, digits, hyphens and dots')],
  ['instant', text(isInstant, 'an instant: date, time to the second and time zone')],
  ['integer', integerFrom(-MAX_INTEGER - 1, 'a whole number of 32 bits')],
  ['markdown', STRING],
  ['oid', matching(OID, 'an OID: urn:oid:1.2.3')],
  ['positiveInt', integerFrom(1, 'a whole number over 0')],
  ['string', STRING],
  ['time', matching(TIME_OF_DAY, 'a time: hh:mm:ss')],
  ['unsignedInt', integerFrom(0, 'a whole number, 0 or more')],
  ['uri', URI],
  ['url', URI],
  ['uuid', matching(UUID, 'a UUID: urn:uuid:c757873d-ec9a-4326-a141-556f43239520')],
  ['xhtml', STRING],
]);

/** True if the JSON type of a value is the one that carries the primitive type. */
export function hasJsonType(value: unknown, type: PrimitiveType): boolean {
  return type.json === 'number' ? isNumber(value) : typeof value === type.json;
}

/** A literal that JavaScript would change (1.0, 1e3, -0, over 15 digits) is not an integer's lexical form. */
function isIntegerBetween(value: number | Decimal, least: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= MAX_INTEGER;
}

function isDate(value: string): boolean {
  const parts = DATE.exec(value);
  if (!parts || parts[1] === '0000') return false;
  return parts[3] === undefined || isCalendarDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

function isDateTime(value: string): boolean {
  return value.length <= 10 ? isDate(value) : isInstant(value);
}

function isInstant(value: string): boolean {
  return value[10] === 'T' && isDate(value.slice(0, 10)) && ZONED_TIME.test(value.slice(11));
}

/** Blanks may stand between the groups of four. */
function isBase64(value: string): boolean {
  const compact = /\s/.test(value) ? value.replace(/\s/g, '') : value;
  return compact.length > 0 && compact.length % 4 === 0 && BASE64.test(compact);
}
