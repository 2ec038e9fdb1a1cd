import { Inject, Injectable } from '@nestjs/common';
import { type FhirResource, isSubset, parseJson, type SearchRequest, stringifyJson, subsetOf } from '#libs/fhir';
import { CONFIG, type Config, siteUrls } from '../../config';
import { type Access, rulesFor, SalusError, type Verb } from '../../kernel';
import { CursorSecret, type Parameters, readPosition, type SearchOptions, SearchService, signPosition } from '../search';
import { readRequest } from '../search/read-request';
import { ResourceReader, type StoredVersion } from '../store';
import { matchesPublished } from './matches-published';
import type { PublishedDefinition } from './published-definition';
import { PublishedSources } from './published-sources';

interface Bundle {
  total?: number;
  link: { relation: string; url: string }[];
  entry?: unknown[];
  [element: string]: unknown;
}

/** Page links of their own: they come behind the last page of what is stored. */
const OWN_CURSOR = 'published.';

/** Definitions that come with the server, beside those that are stored; a stored one of the same id goes first. */
@Injectable()
export class PublishedDefinitions {
  constructor(
    private readonly sources: PublishedSources,
    private readonly reader: ResourceReader,
    private readonly stored: SearchService,
    private readonly secret: CursorSecret,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** As the reader; where nothing is stored under the id, what is published under it. */
  async read(access: Access, type: string, id: string): Promise<StoredVersion> {
    try {
      return await this.reader.read(access, type, id);
    } catch (error) {
      const found = error instanceof SalusError && error.kind === 'not-found' ? this.visible(access, type, 'r').find((one) => one.id === id) : undefined;
      if (!found) throw error;
      return { id, type, version: 1, lastUpdated: PUBLISHED, operation: 'create', body: Buffer.from(stringifyJson(found.resource())) };
    }
  }

  /** As the search service; what is published follows behind what is stored. */
  async search(access: Access, type: string, parameters: Parameters, options: SearchOptions): Promise<Buffer> {
    const published = options.compartment ? [] : this.visible(access, type, 's');
    if (published.length === 0) return this.stored.search(access, type, parameters, options);
    const cursor = parameters.find(([name]) => name === '_cursor')?.[1];
    const isOwn = cursor?.startsWith(OWN_CURSOR) ?? false;
    const first = parameters.filter(([name]) => !isOwn || name !== '_cursor');
    const request = readRequest(type, first, options.baseUrl, options.strict ?? false);
    const found = published.filter((one) => matchesPublished(one, request.filters));
    const secret = await this.secret.get();
    const from = isOwn ? (readPosition(secret, access, questionOf(request), cursor!.slice(OWN_CURSOR.length)) as number) : 0;
    const bundle = isOwn ? emptyPage(request, options.baseUrl) : (parseJson((await this.stored.search(access, type, first, options)).toString()) as Bundle);
    const sign = (position: number): string => OWN_CURSOR + signPosition(secret, access, questionOf(request), position);
    return Buffer.from(stringifyJson(withPublished(bundle, request, found, { base: options.baseUrl, from, sign })));
  }

  /** They are nobody's data: any right to the type opens them, unless it is restricted to some of them. */
  private visible(access: Access, type: string, verb: Verb): readonly PublishedDefinition[] {
    if (!rulesFor(access, type, verb).some((rule) => !rule.filter)) return [];
    return this.sources.of(type, siteUrls(this.config, access.site).fhir);
  }
}

/** When R4 was. */
const PUBLISHED = Date.UTC(2019, 9, 30);

const questionOf = ({ type, used }: SearchRequest): unknown => ['published', type, used.filter(([name]) => name !== '_cursor')];

function emptyPage({ type, used }: SearchRequest, base: string): Bundle {
  const query = new URLSearchParams(used).toString();
  return { resourceType: 'Bundle', type: 'searchset', link: [{ relation: 'self', url: `${base}/${type}${query ? `?${query}` : ''}` }] };
}

interface Place {
  base: string;
  /** How many of the published ones earlier pages held. */
  from: number;
  sign(position: number): string;
}

function withPublished(bundle: Bundle, request: SearchRequest, found: readonly PublishedDefinition[], { base, from, sign }: Place): Bundle {
  const isLast = !bundle.link.some(({ relation }) => relation === 'next');
  const total = bundle.total === undefined ? {} : { total: bundle.total + found.length };
  const entries = bundle.entry ?? [];
  const room = isLast && request.summary !== 'count' ? Math.max(0, request.count - entries.filter(isMatch).length) : 0;
  const page = found.slice(from, from + room);
  const added = page.map((one) => ({ fullUrl: `${base}/${request.type}/${one.id}`, resource: shaped(one.resource(), request), search: { mode: 'match' } }));
  const [self, ...links] = bundle.link as [Bundle['link'][number], ...Bundle['link']];
  const next = isLast && request.count > 0 && request.summary !== 'count' && from + room < found.length ? [{ relation: 'next', url: withCursor(self.url, sign(from + room)) }] : [];
  const entry = [...entries.filter(isMatch), ...added, ...entries.filter((one) => !isMatch(one))];
  const { entry: _entry, ...head } = bundle;
  return { ...head, ...total, link: [self, ...links, ...next], ...(entry.length > 0 && { entry }) };
}

const isMatch = (entry: unknown): boolean => (entry as { search?: { mode?: string } }).search?.mode === 'match';

const shaped = (resource: FhirResource, request: SearchRequest): FhirResource => (isSubset(request) ? subsetOf(resource, request) : resource);

const withCursor = (url: string, cursor: string): string => `${url}${url.includes('?') ? '&' : '?'}_cursor=${cursor}`;
