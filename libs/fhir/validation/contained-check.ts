import type { ValidationTrail } from '../definitions/validation-trail';
import type { Invariant } from './invariant';
import { descendants, many, one } from './path-members';

const LOCAL = /^#/;

/** ref-1, on a Reference. */
export const LOCAL_REFERENCE: Invariant = {
  key: 'ref-1',
  severity: 'error',
  human: 'SHALL have a contained resource if a local reference is provided',
  holds: (o, x) => {
    const reference = one(o, 'reference');
    return typeof reference !== 'string' || !LOCAL.test(reference) || reference === '#' || x.contained(reference.slice(1)) !== undefined;
  },
};

/** dom-3: each contained resource is referred to from the resource around it, or refers to that one. */
export function checkContained(resource: unknown, trail: ValidationTrail): void {
  const contained = many(resource, 'contained');
  if (contained.length === 0) return;
  const named = new Set(textsIn(resource).filter((text) => LOCAL.test(text)));
  contained.forEach((entry, index) => {
    const id = one(entry, 'id');
    const refersBack = descendants([entry]).includes('#');
    if ((typeof id === 'string' && named.has(`#${id}`)) || refersBack) return;
    trail.report('invariant', 'A contained resource must be referred to from elsewhere in the resource, or refer to it (dom-3).', `contained[${index}]`);
  });
}

/** References, canonicals and URIs: all texts that may name something contained. */
function textsIn(resource: unknown): string[] {
  return descendants([resource]).filter((value) => typeof value === 'string');
}
