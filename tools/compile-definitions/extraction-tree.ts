import type { ElementPath, Hop } from './element-paths';

/** Code that is run with the value at a place, given the expression for that value. */
export type Action = (value: string) => string;

/** The paths of many parameters merged, so that each part of a resource is visited once. */
export interface ExtractionNode {
  hop: Hop;
  actions: Action[];
  children: ExtractionNode[];
}

/** The root of a tree; its own hop leads nowhere. */
export function emptyTree(): ExtractionNode {
  return { hop: { name: '', many: false }, actions: [], children: [] };
}

/** Adds an action to the place a path leads to. A condition becomes a node of its own, below what it is asked of. */
export function addPath(root: ExtractionNode, path: ElementPath, action: Action): void {
  let node = root;
  for (const { where, ...hop } of path.hops) {
    node = childOf(node, hop);
    if (where) node = childOf(node, { name: '', many: false, where });
  }
  node.actions.push(action);
}

function childOf(node: ExtractionNode, hop: Hop): ExtractionNode {
  let child = node.children.find((candidate) => isSame(candidate.hop, hop));
  if (!child) {
    child = { hop, actions: [], children: [] };
    node.children.push(child);
  }
  return child;
}

function isSame(a: Hop, b: Hop): boolean {
  return a.name === b.name && a.index === b.index && a.where?.name === b.where?.name && a.where?.equals === b.where?.equals;
}
