import type { Concept } from '../code-system/concept';
import type { ExpandedCode } from '../terminology-resources';
import type { Member } from './code-set';

/** Each code below its nearest parent that is there too, in the order of the list; one with several parents below the first. */
export function nested(members: readonly Member[], codeOf: (member: Member) => ExpandedCode): ExpandedCode[] {
  const codes = new Map(members.map((member) => [member, codeOf(member)]));
  const byConcept = new Map(members.flatMap((member) => (member.concept ? [[member.concept, codes.get(member)!] as const] : [])));
  const roots: ExpandedCode[] = [];
  for (const [member, code] of codes) {
    const parent = member.concept && nearest(member.concept, byConcept);
    if (parent) parent.contains = [...(parent.contains ?? []), code];
    else roots.push(code);
  }
  return roots;
}

/** Parents before grandparents. */
function nearest(concept: Concept, byConcept: ReadonlyMap<Concept, ExpandedCode>): ExpandedCode | undefined {
  const seen = new Set([concept]);
  for (const one of seen) {
    const found = one === concept ? undefined : byConcept.get(one);
    if (found) return found;
    for (const parent of one.parents) seen.add(parent);
  }
  return undefined;
}
