import { Decimal } from './decimal';
import { JsonSyntaxError } from './json-syntax-error';
import { MAX_DEPTH, parseJson } from './parse-json';
import { stringifyJson } from './stringify-json';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

function errorOf(text: string): JsonSyntaxError {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
    throw error;
  }
  throw new Error('It was accepted');
}

describe(parseJson, () => {
  it.each([
    '{"a":1,"b":[true,false,null],"c":"x"}',
    '[0,1,-1,0.5,-0.25,123456789012345]',
    '"text"',
    '{"a":{"b":{"c":[{},[]]}}}',
    '{"smile":"😀","escaped":"\\"\\\\\\n\\u00e9"}',
  ])('reads %s as the engine does', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it.each(['1.10', '1.0', '-0', '0.0', '1e400', '1E5', '1e-7', '0.0000001', '123456789012345678901234567890', '0.10000000000000000001'])(
    'keeps the literal of %s, alone and inside',
    (literal) => {
      expect(stringifyJson(parseJson(literal))).toBe(literal);
      expect(stringifyJson(parseJson(`{"a":[${literal}],"b":${literal}}`))).toBe(`{"a":[${literal}],"b":${literal}}`);
    },
  );

  it('makes a Decimal only of numbers that a JavaScript number would change', () => {
    expect(parseJson('[1.1,1.10,7]')).toEqual([1.1, new Decimal('1.10'), 7]);
  });

  it('does not take digits inside strings for numbers', () => {
    expect(parseJson('{"id":"urn:uuid:0e1","note":", 1.10"}')).toEqual({ id: 'urn:uuid:0e1', note: ', 1.10' });
  });

  it('keeps a member called __proto__ as a member, with either parser', () => {
    for (const text of ['{"__proto__":{"admin":true}}', '{"__proto__":{"admin":true},"n":1.0}']) {
      const value = parseJson(text) as Record<string, unknown>;
      expect(Object.keys(value)).toContain('__proto__');
      expect(value.admin).toBeUndefined();
    }
  });

  it.each([
    ['a member given twice', '{"a":1,"a":2}', 7],
    ['a member given twice, once escaped', '{"a":1,"\\u0061":2}', 7],
    ['a member given twice, deep inside', '{"x":[{"a":1,"b":2,"a":3}]}', 19],
    ['a byte order mark', '\ufeff{}', 0],
    ['an escaped NUL', '{"a":"\\u0000"}', 5],
    ['a raw control character', '{"a":"x\u0001"}', 5],
    ['half a surrogate pair, escaped', '{"a":"\\ud83d"}', 5],
    ['half a surrogate pair, raw', '{"a":"\ud83d"}', 5],
    ['a trailing comma', '[1,]', 3],
    ['a leading zero', '[01]', 2],
    ['a plus sign', '[+1]', 1],
    ['a missing colon', '{"a" 1}', 5],
    ['text after the end', '{} x', 3],
    ['an unknown escape', '["\\x"]', 1],
    ['a string without end', '["abc', 1],
    ['nothing', '', 0],
    ['NaN', '[NaN]', 1],
    ['nesting too deep', nested(MAX_DEPTH + 1), MAX_DEPTH],
  ])('refuses %s and says where', (_, text, position) => {
    expect(errorOf(text).position).toBe(position);
  });

  it('accepts the deepest nesting that is allowed', () => {
    expect(stringifyJson(parseJson(nested(MAX_DEPTH)))).toBe(nested(MAX_DEPTH));
  });

  it('never repeats what it was given', () => {
    for (const text of ['{"ssn":999401234, "ssn":1}', '{"name":"Secret" oops', '[Secret]', '{"a":"Secret\\q"}']) {
      expect(errorOf(text).message).not.toMatch(/secret|999|ssn/i);
    }
  });

  it.each([
    ['quotes', '"'.repeat(200_000)],
    ['backslashes', `"${'\\'.repeat(200_000)}`],
    ['escaped quotes', `"${'\\"'.repeat(100_000)}`],
    ['digits', `[${'1'.repeat(200_000)}]`],
    ['digits and zeros', `[1.${'0'.repeat(200_000)}x]`],
    ['commas', `[${','.repeat(200_000)}`],
    ['blanks', ' '.repeat(200_000)],
    ['open brackets', '['.repeat(200_000)],
  ])('answers within 100 ms on 200 kB of %s', (_, text) => {
    const start = performance.now();
    try {
      parseJson(text);
    } catch (error) {
      expect(error).toBeInstanceOf(JsonSyntaxError);
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe(stringifyJson, () => {
  it('writes what holds no Decimal as the engine does', () => {
    const value = { a: [1, 'x', null, undefined], b: undefined, c: { d: true } };
    expect(stringifyJson(value)).toBe(JSON.stringify(value));
  });

  it('leaves out undefined members and keeps array places also beside a Decimal', () => {
    expect(stringifyJson({ a: undefined, b: [undefined, new Decimal('1.0')] })).toBe('{"b":[null,1.0]}');
  });
});

describe(Decimal, () => {
  it('counts as its number in arithmetic and comparison', () => {
    expect(Number(new Decimal('1.10')) + 1).toBeCloseTo(2.1);
    expect(Number(new Decimal('1.10'))).toBeLessThan(2);
  });
});
