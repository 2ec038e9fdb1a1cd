import type { Resource } from './found';

/** What the local references (`#id`) of a resource lead to, known by the Reference that says so. */
export class ContainedResources {
  private readonly targets = new WeakMap<object, Resource>();

  /** The same resource, its local references understood from now on. */
  understand(resource: Resource): Resource {
    const { contained } = resource;
    if (!Array.isArray(contained)) return resource;
    const byId = new Map((contained as Resource[]).map((one) => [`#${String(one.id)}`, one]));
    this.look(resource, byId);
    return resource;
  }

  of(reference: object): Resource | undefined {
    return this.targets.get(reference);
  }

  private look(value: unknown, byId: ReadonlyMap<string, Resource>): void {
    if (typeof value !== 'object' || value === null) return;
    const { reference } = value as Resource;
    const target = typeof reference === 'string' ? byId.get(reference) : undefined;
    if (target) this.targets.set(value, target);
    for (const inner of Object.values(value)) this.look(inner, byId);
  }
}
