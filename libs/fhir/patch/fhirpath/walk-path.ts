import type { PathNode } from '../../fhirpath/path-node';
import { PatchError } from '../patch-error';
import { BINARY, truthOf } from './path-operators';
import { FUNCTIONS, typeNamed } from './path-functions';
import { childSpots, type Spot } from './spot';

/** What one path may look at: no resource and no sensible path come near. */
const MOST_STEPS = 200_000;

/** Walks the paths of a patch through one resource: the part of FHIRPath (N1) that says where something is. */
export class PathWalk {
  private steps = 0;

  constructor(readonly root: Spot) {}

  /** The places `node` leads to from `focus`. Throws `PatchError` for what is not understood here. */
  walk(node: PathNode, focus: readonly Spot[] = [this.root]): Spot[] {
    this.steps += 1 + focus.length;
    if (this.steps > MOST_STEPS) throw new PatchError('document', 'The paths of this patch are too dear; name what they lead to more directly.');
    switch (node.kind) {
      case 'this': return [...focus];
      case 'empty': return [];
      case 'literal': return [{ type: typeof node.value, value: node.value }];
      case 'variable': return this.variable(node.name);
      case 'child': return node.of ? this.walk(node.of, focus).flatMap((spot) => childSpots(spot, node.name)) : this.named(node.name, focus);
      case 'index': return this.item(this.walk(node.of, focus), this.walk(node.at, focus));
      case 'type': return typeNamed(this.walk(node.of, focus), node.type, node.operator);
      case 'call': return this.call(node, focus);
      case 'binary': return this.binary(node, focus);
      case 'negate': throw unsupported('-');
    }
  }

  /** Does `node` hold of this one spot? */
  holds(node: PathNode, spot: Spot): boolean {
    return truthOf(this.walk(node, [spot])) === true;
  }

  /** A path may begin with the type of what it begins at (`Patient.name`). */
  private named(name: string, focus: readonly Spot[]): Spot[] {
    if (focus.length === 1 && focus[0] === this.root && (name === this.root.type || name === 'Resource' || name === 'DomainResource')) return [this.root];
    return focus.flatMap((spot) => childSpots(spot, name));
  }

  private variable(name: string): Spot[] {
    if (name === 'resource' || name === 'context' || name === 'rootResource') return [this.root];
    throw unsupported(`%${name}`);
  }

  private item(of: readonly Spot[], at: readonly Spot[]): Spot[] {
    const index = at[0]?.value;
    if (at.length !== 1 || typeof index !== 'number') throw new PatchError('document', 'An index must be one number.');
    return of.slice(index, index + 1);
  }

  private call({ of, name, arguments: given }: Extract<PathNode, { kind: 'call' }>, focus: readonly Spot[]): Spot[] {
    const apply = FUNCTIONS.get(name);
    if (!apply) throw unsupported(`${name}()`);
    return apply(this, of ? this.walk(of, focus) : [...focus], given, focus);
  }

  private binary({ operator, left, right }: Extract<PathNode, { kind: 'binary' }>, focus: readonly Spot[]): Spot[] {
    const apply = BINARY.get(operator);
    if (!apply) throw unsupported(operator);
    return apply(this.walk(left, focus), this.walk(right, focus));
  }
}

const unsupported = (what: string): PatchError => new PatchError('document', `${what.slice(0, 40)} has no place in the path of a patch here.`);
