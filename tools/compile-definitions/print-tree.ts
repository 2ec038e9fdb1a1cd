import type { ExtractionNode } from './extraction-tree';

/** Words that cannot name a variable. */
const RESERVED: ReadonlySet<string> = new Set([
  'class',
  'package',
  'import',
  'function',
  'default',
  'case',
  'for',
  'new',
  'return',
  'with',
]);

/** The statements that visit a tree, for the object that `variable` holds. */
export function printTree(node: ExtractionNode, variable: string, depth = 1): string[] {
  return [...node.actions.map((action) => action(variable)), ...node.children.flatMap((child) => printChild(child, variable, depth))];
}

function printChild(node: ExtractionNode, parent: string, depth: number): string[] {
  const { name, many, index, where } = node.hop;
  if (where) return block(`if (${parent}.${where.name} === '${where.equals}') {`, printTree(node, parent, depth));
  const isLeaf = node.children.length === 0;
  const variable = variableFor(name, depth);
  if (index !== undefined) return visitOne(node, `item(${parent}.${name}, ${index})`, variable, depth);
  if (!many) return visitOne(node, isLeaf ? `${parent}.${name}` : `object(${parent}.${name})`, variable, depth);
  return block(`for (const ${variable} of ${isLeaf ? 'items' : 'objects'}(${parent}.${name})) {`, printTree(node, variable, depth + 1));
}

/** An object gets a name, in a block of its own so that siblings may use the same. */
function visitOne(node: ExtractionNode, value: string, variable: string, depth: number): string[] {
  if (node.children.length === 0) return node.actions.map((action) => action(value));
  return block('{', [`const ${variable} = ${value};`, ...printTree(node, variable, depth + 1)]);
}

/** Deeper names carry their depth: `item.item` must not hide its parent. */
function variableFor(name: string, depth: number): string {
  return depth === 1 && !RESERVED.has(name) ? name : `${name}${depth}`;
}

function block(head: string, body: string[]): string[] {
  return [head, ...body.map((line) => `  ${line}`), '}'];
}
