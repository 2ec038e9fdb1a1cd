import type { BundleMatches } from './bundle-matches';
import type { Criteria } from './criteria';
import type { StoredMatches } from './stored-matches';

/**
 * Which resources criteria name, as the Bundle sees them: what is stored, without what the Bundle has deleted, and
 * with what it has written so far (R4 §3.1.0.11.2: DELETE before POST before PUT before GET).
 */
export class Matches {
  readonly deleted = new Set<string>();

  constructor(
    private readonly stored: StoredMatches,
    private readonly written: BundleMatches,
  ) {}

  find(criteria: Criteria): string[] {
    const within = this.written.find(criteria);
    const stored = this.stored.of(criteria).filter((id) => this.counts(criteria.type, id, within));
    return [...new Set([...stored, ...(within ?? [])])];
  }

  /** A stored match that the Bundle rewrites is judged by its new content, where that can be judged. */
  private counts(type: string, id: string, within: Set<string> | undefined): boolean {
    if (this.deleted.has(`${type}/${id}`)) return false;
    return within === undefined || within.has(id) || !this.written.has(type, id);
  }
}
