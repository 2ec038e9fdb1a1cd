import { Decimal } from '../json/decimal';
import { PRIMITIVE_TYPES } from './primitive-types';
import { validateResource } from './validate-resource';

/** An extension can carry a value of every primitive type. */
function issuesOf(type: string, value: unknown): number {
  const name = `value${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  return validateResource({ resourceType: 'Basic', code: { text: 'x' }, extension: [{ url: 'http://example.org/x', [name]: value }] }).length;
}

const ACCEPTED: [string, unknown[]][] = [
  ['base64Binary', ['TWFu', 'TWE=', 'TQ==', 'TWFu\nTWFu', ' TWFu ']],
  ['boolean', [true, false]],
  ['canonical', ['http://example.org/x|1.0', '#local']],
  ['code', ['final', 'in progress', 'a/b']],
  ['date', ['2021', '2021-02', '2021-02-28', '2020-02-29', '2000-02-29', '0001-01-01']],
  ['dateTime', ['2021', '2021-02-28', '2021-02-28T12:00:00Z', '2021-02-28T12:00:00.123+05:30', '2016-12-31T23:59:60Z', '2021-02-28T12:00:00-14:00']],
  ['decimal', [0, -1.5, 1e21, new Decimal('1.10'), new Decimal('1e400')]],
  ['id', ['a', 'A-1.b', 'x'.repeat(64)]],
  ['instant', ['2021-02-28T12:00:00Z', '2021-02-28T12:00:00.868+02:00']],
  ['integer', [0, -2147483648, 2147483647]],
  ['markdown', ['# x']],
  ['oid', ['urn:oid:2.16.840.1.113883', 'urn:oid:1.0']],
  ['positiveInt', [1, 2147483647]],
  ['string', ['x', ' x ', 'ä\n\t']],
  ['time', ['00:00:00', '23:59:59.999']],
  ['unsignedInt', [0, 5]],
  ['uri', ['urn:x:y', 'http://example.org/a?b=c', 'relative']],
  ['url', ['https://example.org']],
  ['uuid', ['urn:uuid:c757873d-ec9a-4326-a141-556f43239520']],
];

const REFUSED: [string, unknown[]][] = [
  ['base64Binary', ['TWF', 'TW=u', 'T===', 'TWF!', '', ' ', 1]],
  ['boolean', ['true', 1, 0]],
  ['canonical', ['a b', '']],
  ['code', ['', ' x', 'x ', 'a  b', 1]],
  ['date', ['2021-02-30', '2021-02-29', '1900-02-29', '2021-13', '2021-00', '2021-1-1', '21', '0000', '2021-02-28T12:00:00Z', '2021-04-31', '2021-01-00', 2021, '']],
  ['dateTime', ['2021-02-30T12:00:00Z', '2021-02-28T12:00:00', '2021-02-28T12:00Z', '2021-02-28T24:00:00Z', '2021-02-28T12:60:00Z', '2021-02-28 12:00:00Z', '2021-02-28T12:00:00+14:30', '2021-02T12:00:00Z', '2021-02-28T', '']],
  ['decimal', ['1.0', Number.NaN, Number.POSITIVE_INFINITY, true]],
  ['id', ['', 'a b', 'x'.repeat(65), 'ä', 'a_b', 'a/b']],
  ['instant', ['2021', '2021-02-28', '2021-02-28T12:00:00', '2021-02-30T12:00:00Z']],
  ['integer', [1.5, 2147483648, -2147483649, '1', new Decimal('1.0'), new Decimal('1e3')]],
  ['markdown', ['']],
  ['oid', ['2.16.840', 'urn:oid:3.1', 'urn:oid:1.01', 'urn:oid:1']],
  ['positiveInt', [0, -1]],
  ['string', ['', 1, {}, []]],
  ['time', ['24:00:00', '12:00', '12:00:00Z']],
  ['unsignedInt', [-1]],
  ['uri', ['', 'a b', 'a\tb']],
  ['url', ['http://a b']],
  ['uuid', ['c757873d-ec9a-4326-a141-556f43239520', 'urn:uuid:c757873d']],
];

const cases = (table: [string, unknown[]][]): [string, unknown][] => table.flatMap(([type, values]) => values.map((value): [string, unknown] => [type, value]));

describe('primitive types', () => {
  it.each(cases(ACCEPTED))('accepts as %s %p', (type, value) => {
    expect(issuesOf(type, value)).toBe(0);
  });

  it.each(cases(REFUSED))('refuses as %s %p', (type, value) => {
    expect(issuesOf(type, value)).toBeGreaterThan(0);
  });

  it('has both an accepted and a refused value of every type that an extension may carry', () => {
    const carried = [...PRIMITIVE_TYPES.keys()].filter((type) => type !== 'xhtml');
    expect(ACCEPTED.map(([type]) => type)).toEqual(carried);
    expect(REFUSED.map(([type]) => type)).toEqual(carried);
  });

  const HOSTILE = ['a', ' ', '1', '.', '-', '=', '\\', 'a ', 'urn:oid:1.', '2021-', 'T', 'AAAA '];

  it.each(cases([...PRIMITIVE_TYPES.keys()].filter((type) => type !== 'xhtml').map((type) => [type, HOSTILE])))(
    'decides within 50 ms as %s on 50 kB of %p',
    (type, unit) => {
      const value = `${String(unit).repeat(Math.ceil(50_000 / String(unit).length))}!`;
      const start = performance.now();
      issuesOf(type, value);
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );
});
