import type { Entry } from './entry';
import type { Step } from './step';

const TEMPORARY = /^urn:(?:uuid|oid):/;
const LOCAL = /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;
/** `https://example.org/fhir/Patient/1`: root, type, id (R4 §2.3.0.1). */
const RESTFUL = /^(https?:\/\/.+\/)([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})$/;

/**
 * By which names entries of the Bundle call each other, and what those resources are called once stored. What lies on this
 * server is called `Type/id`, also where it was written as a URL: else neither its compartment nor a search would know it.
 */
export class BundleNames {
  private readonly names = new Map<string, string>();

  constructor(
    steps: readonly Step[],
    private readonly baseUrl: string,
    /** An entry knows its own name alone. */
    private readonly independent = false,
  ) {
    for (const step of steps) {
      const name = step.entry.fullUrl;
      const target = targetOf(step);
      if (name !== undefined && target !== undefined) this.names.set(name, target);
    }
  }

  /** `Type/id` of the resource that `reference`, written in `entry`, stands for; undefined where it names no entry. */
  resolve(reference: string, { fullUrl }: Entry): string | undefined {
    const direct = this.known(reference, fullUrl) ?? this.local(reference);
    if (direct !== undefined || fullUrl === undefined || reference.includes(':')) return direct;
    const root = RESTFUL.exec(fullUrl)?.[1];
    return root === undefined ? undefined : this.known(root + reference, fullUrl);
  }

  private known(name: string, own: string | undefined): string | undefined {
    return this.independent && name !== own ? undefined : this.names.get(name);
  }

  private local(reference: string): string | undefined {
    if (!reference.startsWith(`${this.baseUrl}/`)) return undefined;
    const name = reference.slice(this.baseUrl.length + 1);
    return LOCAL.test(name) ? name : undefined;
  }

  has(name: string): boolean {
    return this.names.has(name);
  }
}

/** Only ever the name of another entry: outside of the Bundle it means nothing. */
export const isTemporary = (reference: string): boolean => TEMPORARY.test(reference);

function targetOf(step: Step): string | undefined {
  if (step.kind === 'write') return `${step.change.type}/${step.change.id}`;
  return step.kind === 'existing' ? `${step.type}/${step.id}` : undefined;
}
