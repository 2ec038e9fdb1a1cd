import { prettyJson } from './pretty-json';

describe(prettyJson, () => {
  it.each(['{}', '[]', '{"a":1.10,"b":[],"c":{},"d":["x",{"e":null}],"f":"a\\"{[,:]}\\\\"}', '[1e400,true,[[ ]],{ "a" : { } }]', '"x"', '12'])('changes nothing of %s but blanks', (text) => {
    const pretty = prettyJson(text);
    expect(JSON.parse(pretty)).toEqual(JSON.parse(text));
    expect(pretty.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part.startsWith('"') ? part : ''))).toBe(text.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (part) => (part.startsWith('"') ? part : '')));
  });

  it('indents as JSON.stringify does', () => {
    const value = { a: 1, b: [], c: {}, d: ['x', { e: null }], f: 'a"{[,:]}\\' };
    expect(prettyJson(JSON.stringify(value))).toBe(`${JSON.stringify(value, null, 2)}\n`);
  });
});
