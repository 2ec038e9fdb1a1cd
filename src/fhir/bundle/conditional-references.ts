import { isResourceType } from '#libs/fhir';
import { type Criteria, criteriaOf } from './criteria';
import type { Matches } from './matches';

/** `Practitioner?identifier=system|value` (R4 §3.1.0.11.2). */
const CONDITIONAL = /^([A-Z][A-Za-z]+)\?(.+)$/s;

/** What a conditional reference came to: the one resource it names, or how many there are instead. */
export type Resolution = { type: string; target: string } | { type: string; count: number };

/** The conditional references of a Bundle. Many entries name the same clinician: each text is read and resolved once. */
export class ConditionalReferences {
  private readonly known = new Map<string, Criteria>();
  private readonly resolved = new Map<string, Resolution>();

  /** Takes note of `reference`; false where it is none of the kind. Throws `invalid` for criteria that mean nothing. */
  note(reference: string): boolean {
    if (this.known.has(reference)) return true;
    const [, type, query] = CONDITIONAL.exec(reference) ?? [];
    if (type === undefined || query === undefined || !isResourceType(type)) return false;
    this.known.set(reference, criteriaOf(type, query));
    return true;
  }

  get criteria(): Criteria[] {
    return [...this.known.values()];
  }

  /** Undefined for anything that was not noted. */
  resolve(reference: string, matches: Matches): Resolution | undefined {
    const criteria = this.known.get(reference);
    if (!criteria) return undefined;
    let resolution = this.resolved.get(reference);
    if (!resolution) {
      resolution = resolutionOf(criteria, matches.find(criteria));
      this.resolved.set(reference, resolution);
    }
    return resolution;
  }
}

const resolutionOf = ({ type }: Criteria, found: readonly string[]): Resolution => (found.length === 1 ? { type, target: `${type}/${found[0]}` } : { type, count: found.length });
