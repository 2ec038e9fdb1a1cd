import type { ElementDefinition, StructureDefinition } from '../official-definitions';

/** An element of a profile's snapshot, with what stands below it and the slices that it is cut into. */
export interface ProfileNode {
  /** Name of the element without `[x]` and slice. */
  name: string;
  isChoice: boolean;
  sliceName?: string;
  element: ElementDefinition;
  children: ProfileNode[];
  slices: ProfileNode[];
}

/** The snapshot as a tree; elements are told apart by their ids (`Observation.category:VSCat.coding.code`). */
export function profileTree(structure: StructureDefinition): ProfileNode {
  const byId = new Map<string, ProfileNode>();
  let root: ProfileNode | undefined;
  for (const element of structure.snapshot.element) {
    const node = nodeOf(element);
    byId.set(element.id, node);
    if (!root) root = node;
    else placeOf(element.id, byId).push(node);
  }
  if (!root) throw new Error(`${structure.url} has no snapshot`);
  return root;
}

function placeOf(id: string, byId: Map<string, ProfileNode>): ProfileNode[] {
  const parent = byId.get(id.slice(0, id.lastIndexOf('.')));
  const sliced = /^(.*):[^.:]*$/.exec(id)?.[1];
  const owner = sliced !== undefined && !sliced.endsWith('.') ? byId.get(sliced) : undefined;
  if (owner) return owner.slices;
  if (!parent) throw new Error(`${id} stands below nothing`);
  return parent.children;
}

function nodeOf(element: ElementDefinition): ProfileNode {
  const last = element.id.slice(element.id.lastIndexOf('.') + 1);
  const [name = '', sliceName] = last.split(':');
  const isChoice = name.endsWith('[x]');
  return {
    name: isChoice ? name.slice(0, -3) : name,
    isChoice,
    ...(sliceName !== undefined && { sliceName }),
    element,
    children: [],
    slices: [],
  };
}
