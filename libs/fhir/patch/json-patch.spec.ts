import { Decimal } from '../json/decimal';
import { parseJson } from '../json/parse-json';
import { stringifyJson } from '../json/stringify-json';
import { applyJsonPatch, readJsonPatch } from './json-patch';
import { PatchError } from './patch-error';

const patch = (resource: string, document: string): string => stringifyJson(applyJsonPatch(parseJson(resource), readJsonPatch(parseJson(document))));
const refused = (resource: string, document: string): PatchError => {
  try {
    patch(resource, document);
  } catch (error) {
    if (error instanceof PatchError) return error;
    throw error;
  }
  throw new Error('Was not refused.');
};

describe(applyJsonPatch, () => {
  it.each([
    ['adds a member', '{"a":1}', '[{"op":"add","path":"/b","value":2}]', '{"a":1,"b":2}'],
    ['adds in place of a member', '{"a":1}', '[{"op":"add","path":"/a","value":2}]', '{"a":2}'],
    ['adds before an item', '{"a":[1,3]}', '[{"op":"add","path":"/a/1","value":2}]', '{"a":[1,2,3]}'],
    ['adds behind the last item', '{"a":[1]}', '[{"op":"add","path":"/a/-","value":2},{"op":"add","path":"/a/2","value":3}]', '{"a":[1,2,3]}'],
    ['removes a member', '{"a":1,"b":2}', '[{"op":"remove","path":"/a"}]', '{"b":2}'],
    ['removes an item', '{"a":[1,2]}', '[{"op":"remove","path":"/a/0"}]', '{"a":[2]}'],
    ['replaces', '{"a":[1,{"b":2}]}', '[{"op":"replace","path":"/a/1/b","value":3}]', '{"a":[1,{"b":3}]}'],
    ['moves', '{"a":[1,2,3]}', '[{"op":"move","from":"/a/0","path":"/a/2"}]', '{"a":[2,3,1]}'],
    ['copies', '{"a":{"x":[1]}}', '[{"op":"copy","from":"/a","path":"/b"},{"op":"add","path":"/b/x/-","value":2}]', '{"a":{"x":[1]},"b":{"x":[1,2]}}'],
    ['tests, whatever the order of members', '{"a":{"x":1,"y":[null,true]}}', '[{"op":"test","path":"/a","value":{"y":[null,true],"x":1}}]', '{"a":{"x":1,"y":[null,true]}}'],
    ['reads ~1 as a slash and ~0 as a tilde', '{"a/b":{"m~n":1}}', '[{"op":"replace","path":"/a~1b/m~0n","value":2}]', '{"a/b":{"m~n":2}}'],
    ['finds the member of no name', '{"":1}', '[{"op":"replace","path":"/","value":2}]', '{"":2}'],
    ['replaces the whole', '{"a":1}', '[{"op":"replace","path":"","value":{"b":1}}]', '{"b":1}'],
    ['ignores members it does not know', '{"a":1}', '[{"op":"remove","path":"/a","note":"x"},{"op":"add","path":"/b","value":1}]', '{"b":1}'],
  ])('%s', (_what, resource, document, expected) => {
    expect(patch(resource, document)).toBe(expected);
  });

  it.each([
    ['no array', '{}', 'document'], ['nothing to do', '[]', 'document'], ['an operation that is none', '[1]', 'document'], ['an unknown op', '[{"op":"merge","path":"/a"}]', 'document'],
    ['an op in capitals', '[{"op":"ADD","path":"/a","value":1}]', 'document'], ['no path', '[{"op":"remove"}]', 'document'], ['a path without slash', '[{"op":"remove","path":"a"}]', 'document'],
    ['a bad escape', '[{"op":"remove","path":"/~2"}]', 'document'], ['no value', '[{"op":"add","path":"/b"}]', 'document'], ['no from', '[{"op":"move","path":"/b"}]', 'document'],
    ['a move into itself', '[{"op":"move","from":"/a","path":"/a/b"}]', 'document'], ['the prototype', '[{"op":"add","path":"/__proto__/x","value":1}]', 'document'],
    ['the constructor', '[{"op":"add","path":"/constructor/prototype/x","value":1}]', 'document'],
    ['a path to nothing', '[{"op":"remove","path":"/b"}]', 'state'], ['replacing nothing', '[{"op":"replace","path":"/b","value":1}]', 'state'], ['a parent that is not there', '[{"op":"add","path":"/b/c","value":1}]', 'state'],
    ['a scalar as parent', '[{"op":"add","path":"/s/x","value":1}]', 'state'], ['an index beyond the end', '[{"op":"add","path":"/l/3","value":1}]', 'state'], ['a leading zero', '[{"op":"remove","path":"/l/00"}]', 'state'],
    ['a negative index', '[{"op":"remove","path":"/l/-1"}]', 'state'], ['a name in a list', '[{"op":"add","path":"/l/length","value":0}]', 'state'], ['the end of a list as a source', '[{"op":"remove","path":"/l/-"}]', 'state'],
    ['an inherited name', '[{"op":"remove","path":"/toString"}]', 'state'], ['a failed test', '[{"op":"test","path":"/s","value":"y"}]', 'state'], ['a test of another type', '[{"op":"test","path":"/l/0","value":"1"}]', 'state'],
    ['removing the whole', '[{"op":"remove","path":""}]', 'state'],
  ])('refuses %s', (_what, document, fault) => {
    expect(refused('{"a":{"x":1},"s":"x","l":[1,2]}', document).fault).toBe(fault);
  });

  it('names the operation that fails', () => {
    expect(refused('{"a":1}', '[{"op":"test","path":"/a","value":1},{"op":"remove","path":"/b"}]').operation).toBe(1);
    expect(refused('{"a":1}', '[{"op":"test","path":"/a","value":1},{"op":"remove"}]').operation).toBe(1);
  });

  it('keeps the digits of decimals it passes by, inserts and copies', () => {
    expect(patch('{"v":1.10,"w":0.00}', '[{"op":"add","path":"/x","value":2.500},{"op":"copy","from":"/v","path":"/y"}]')).toBe('{"v":1.10,"w":0.00,"x":2.500,"y":1.10}');
  });

  it.each([['1.10', '1.1', true], ['100', '1e2', true], ['-0.0', '0', true], ['1.1', '1.11', false], ['12345678901234567890', '12345678901234567891', false], ['1', '-1', false]])('compares %s and %s as numbers', (stored, given, same) => {
    const run = () => patch(`{"v":${stored}}`, `[{"op":"test","path":"/v","value":${given}}]`);
    if (same) expect(run).not.toThrow();
    else expect(run).toThrow(PatchError);
  });

  it('leaves no list or object behind that a removal emptied', () => {
    expect(patch('{"id":"1","name":[{"given":["A"]}],"telecom":[{"value":"1"},{"value":"2"}]}', '[{"op":"remove","path":"/name/0/given/0"},{"op":"remove","path":"/telecom/0"}]')).toBe('{"id":"1","telecom":[{"value":"2"}]}');
    expect(patch('{"given":["A","B"],"_given":[null,{"id":"x"}]}', '[{"op":"remove","path":"/_given/1/id"}]')).toBe('{"given":["A","B"]}');
  });

  it('keeps what was given empty, for validation to refuse', () => {
    expect(patch('{"a":1}', '[{"op":"add","path":"/b","value":[]}]')).toBe('{"a":1,"b":[]}');
  });

  it('applies the same patch twice without one result reaching into the other', () => {
    const operations = readJsonPatch([{ op: 'add', path: '/a', value: { x: [new Decimal('1.0')] } }, { op: 'add', path: '/a/x/-', value: 2 }]);
    expect(stringifyJson(applyJsonPatch({}, operations))).toBe('{"a":{"x":[1.0,2]}}');
    expect(stringifyJson(applyJsonPatch({}, operations))).toBe('{"a":{"x":[1.0,2]}}');
  });

  it('does not grow without end by copying', () => {
    const doubling = JSON.stringify(Array.from({ length: 40 }, () => ({ op: 'copy', from: '/a', path: '/a/-' })));
    expect(refused('{"a":[1,2,3]}', doubling).fault).toBe('document');
  });

  it('does not nest without end', () => {
    const nesting = JSON.stringify([{ op: 'copy', from: '', path: '/a' }, ...Array.from({ length: 40 }, () => ({ op: 'copy', from: '', path: '/a/a' }))]);
    expect(refused('{"a":{}}', nesting).fault).toBe('state');
  });

  it('leaves the prototype of objects alone', () => {
    expect(() => patch('{"a":{}}', '[{"op":"add","path":"/a/__proto__","value":{"polluted":true}}]')).toThrow(PatchError);
    patch('{"a":{}}', '[{"op":"add","path":"/a/b","value":{"__proto__":{"polluted":true}}}]');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('refuses more operations than a patch may hold', () => {
    expect(refused('{}', JSON.stringify(new Array(1001).fill({ op: 'add', path: '/a', value: 1 }))).fault).toBe('document');
  });
});
