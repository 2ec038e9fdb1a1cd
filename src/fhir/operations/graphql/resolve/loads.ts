import { parseJson } from '#libs/fhir';
import type { Access } from '../../../../kernel';
import { SearchService } from '../../../search';
import { nameOf } from '../../../search/include/stored-row';
import { NamedResources } from '../../named-resources';
import { Budget } from './budget';
import { ContainedResources } from './contained';
import type { Found, Resource } from './found';

const MOST_PER_LIST = 200;

/**
 * The reads of one query, all of them with its caller’s access: resources by name are collected and fetched together,
 * each once.
 */
export class Loads {
  readonly budget = new Budget();
  readonly contained = new ContainedResources();
  private readonly known = new Map<string, Promise<Resource | undefined>>();
  private waiting: { name: string; settle(rows: ReadonlyMap<string, Resource>): void; fail(error: unknown): void }[] = [];

  constructor(
    readonly access: Access,
    readonly baseUrl: string,
    private readonly resources: NamedResources,
    private readonly searches: SearchService,
  ) {}

  /** Undefined for what is not there and for what is not the caller’s, alike. */
  named(name: string): Promise<Resource | undefined> {
    let resource = this.known.get(name);
    if (!resource) {
      resource = new Promise((resolve, reject) => this.waiting.push({ name, settle: (rows) => resolve(rows.get(name)), fail: reject }));
      this.known.set(name, resource);
      // All fields of one level have asked by then.
      if (this.waiting.length === 1) setImmediate(() => void this.fetch());
    }
    return resource;
  }

  async search(type: string, parameters: readonly (readonly [string, string])[], count: number | undefined): Promise<Found> {
    this.budget.spend('searches');
    const size = Math.min(count ?? MOST_PER_LIST, MOST_PER_LIST);
    const bytes = await this.searches.search(this.access, type, [...parameters, ['_count', String(size)]], { baseUrl: this.baseUrl, strict: true });
    const found = parseJson(bytes.toString()) as unknown as Found;
    this.budget.spend('resources', found.entry?.length ?? 0);
    for (const { resource } of found.entry ?? []) this.contained.understand(resource as Resource);
    return found;
  }

  count(type: string, parameters: readonly (readonly [string, string])[]): Promise<number> {
    this.budget.spend('searches');
    return this.searches.count(this.access, type, parameters);
  }

  private async fetch(): Promise<void> {
    const asked = this.waiting;
    this.waiting = [];
    try {
      this.budget.spend('resources', asked.length);
      const rows = await this.resources.load(this.access, new Set(asked.map(({ name }) => name)));
      const found = new Map(rows.map((row) => [nameOf(row), this.contained.understand(parseJson(row.body.toString()) as Resource)]));
      for (const { settle } of asked) settle(found);
    } catch (error) {
      for (const { fail } of asked) fail(error);
    }
  }
}
