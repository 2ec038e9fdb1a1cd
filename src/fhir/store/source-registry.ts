import { Injectable } from '@nestjs/common';
import type { FhirResource, FhirSource, Placed } from '#libs/fhir';
import type { RegisteredSource, SourceRow, SourceStore } from './source-store';

/** The declarations of all domains, in the order in which their rows depend on each other (patients first). */
@Injectable()
export class SourceRegistry {
  private readonly sources = new Map<string, RegisteredSource>();

  register<Row extends SourceRow>(source: FhirSource<Row>, store: SourceStore<Row>): void {
    if (this.sources.has(source.key)) throw new Error(`Two FHIR sources are named “${source.key}”.`);
    this.sources.set(source.key, { source, store });
  }

  get(key: string): RegisteredSource {
    const found = this.sources.get(key);
    if (!found) throw new Error(`No FHIR source is named “${key}”.`);
    return found;
  }

  all(): RegisteredSource[] {
    return [...this.sources.values()];
  }

  /** The domain that has a place for this resource, and the columns it stands for there. */
  claim(resource: FhirResource): { registered: RegisteredSource; placed: Placed<unknown> } | undefined {
    for (const registered of this.sources.values()) {
      if (!registered.source.types.includes(resource.resourceType)) continue;
      const placed = registered.source.fromFhir(resource) as Placed<unknown> | undefined;
      if (placed) return { registered, placed };
    }
    return undefined;
  }
}
