import { Injectable } from '@nestjs/common';
import { type FhirResource, searchParameterResources } from '#libs/fhir';
import { builtIn, type BuiltInEntry, preferred, type TerminologyType } from '#libs/terminology';
import { groupBy } from '../../kernel';
import { OfferedOperations } from '../capability/offered-operations';
import { operationDefinition } from '../capability/operation-definition';
import { type PublishedDefinition, publishedResource, type PublishedSource } from './published-definition';

/** What the server itself defines and what it was built from, by type. */
@Injectable()
export class PublishedSources {
  private readonly sources: ReadonlyMap<string, PublishedSource>;
  private readonly made = new Map<string, readonly PublishedDefinition[]>();

  constructor(operations: OfferedOperations) {
    const all = [searchParameters, operationDefinitions(operations), ...(['CodeSystem', 'ValueSet', 'ConceptMap'] as const).map(terminology)];
    this.sources = new Map(all.map((source) => [source.type, source]));
  }

  /** Empty for types of which none are published. */
  of(type: string, base: string): readonly PublishedDefinition[] {
    const source = this.sources.get(type);
    if (!source) return [];
    const key = `${type} ${base}`;
    const known = this.made.get(key) ?? source.all(base);
    this.made.set(key, known);
    return known;
  }
}

const searchParameters: PublishedSource = {
  type: 'SearchParameter',
  all: () => searchParameterResources().map((resource) => publishedResource(resource, ['url', 'name', 'code', 'base', 'type', 'status', 'target', 'version', 'description'])),
};

const operationDefinitions = (operations: OfferedOperations): PublishedSource => ({
  type: 'OperationDefinition',
  all: (base) => operations.all().map((operation) => {
    const resource = operationDefinition(operation, base);
    return publishedResource(resource, ['url', 'name', 'title', 'code', 'base', 'kind', 'status', 'system', 'type', 'instance', 'description']);
  }),
});

/** Unpacked when they are read. US Core repeats its own in each version: one of them is meant. */
const terminology = (type: TerminologyType): PublishedSource => ({
  type,
  all: () => [...groupBy(builtIn.list(type), ({ id }) => id).values()].flatMap((sameId) => {
    const oneOfEach = [...groupBy(sameId, ({ url }) => url).values()].map((versions) => preferred(versions)!);
    // R4 and US Core give one id to two code systems; the second goes by a number behind it.
    return oneOfEach.map((entry, index) => builtInDefinition(entry, index === 0 ? entry.id : `${entry.id}-${index + 1}`));
  }),
});

function builtInDefinition({ resourceType, url, version, status, name, title }: BuiltInEntry, id: string): PublishedDefinition {
  return {
    id,
    values: { _id: [id], url: [url], version: [version], status: [status], name: [name], title: [title] },
    resource: () => ({ ...(builtIn.find(resourceType, url, version) as unknown as FhirResource), id }),
  };
}
