import { type OperationDefinitionNode, parse } from 'graphql';
import { shaped } from './shape';

/** As the executor makes them: without a prototype. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'object' && value !== null ? Object.assign(Object.create(null), Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]))) : value;
};

function shape(query: string, data: object): unknown {
  const document = parse(query);
  return shaped(document, document.definitions[0] as OperationDefinitionNode, plain(data) as Record<string, unknown>);
}

describe('the shape of an answer', () => {
  it('stays as it is without directives', () => expect(shape('{ a { b } }', { a: { b: [1] } })).toEqual({ a: { b: [1] } }));

  it('is flattened: one element into the one above', () => expect(shape('{ a @flatten { b c } d }', { a: { b: 1, c: 2 }, d: 3 })).toEqual({ b: 1, c: 2, d: 3 }));

  it('is flattened: many elements into lists, what is missing left out', () => {
    expect(shape('{ a @flatten { b c } }', { a: [{ b: 1, c: null }, { b: 2, c: [3, 4] }] })).toEqual({ b: [1, 2], c: [3, 4] });
  });

  it('is flattened over several levels', () => expect(shape('{ a @flatten { b @flatten { c } } }', { a: [{ b: [{ c: 1 }] }, { b: [{ c: 2 }] }] })).toEqual({ c: [1, 2] }));

  it('keeps one value of what is said to be single', () => expect(shape('{ a @flatten { b @singleton } }', { a: [{ b: 1 }] })).toEqual({ b: 1 }));

  it('takes the first of a list, and nothing of an empty one', () => {
    expect(shape('{ a @first { b } c @first }', { a: [{ b: 1 }, { b: 2 }], c: [] })).toEqual({ a: { b: 1 }, c: undefined });
  });

  it('knows directives in fragments', () => expect(shape('{ ...f } fragment f on X { a @flatten { b } }', { a: { b: 1 } })).toEqual({ b: 1 }));

  it('leaves decimals whole', () => {
    const decimal = new (class Kept {
      readonly literal = '1.10';
    })();
    const data = Object.assign(Object.create(null), { a: Object.assign(Object.create(null), { b: decimal }) });
    const document = parse('{ a { b } }');
    expect((shaped(document, document.definitions[0] as OperationDefinitionNode, data).a as { b: unknown }).b).toBe(decimal);
  });
});
