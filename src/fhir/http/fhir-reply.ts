import type { FastifyReply, FastifyRequest } from 'fastify';
import { invalid, SalusError } from '../../kernel';

export const FHIR_JSON = 'application/fhir+json; charset=utf-8';

/** What the answer has in common, whatever the interaction: version, time, media type. */
export function versionHeaders(reply: FastifyReply, version: number, lastUpdated: number): void {
  reply.header('etag', `W/"${version}"`).header('last-modified', new Date(lastUpdated).toUTCString());
}

export function sendFhir(request: FastifyRequest, reply: FastifyReply, status: number, body: Buffer | string): void {
  void reply.code(status).header('content-type', responseType(request)).send(body);
}

const JSON_TYPES = ['application/fhir+json', 'application/json', 'json', 'text/json', 'application/json+fhir'];

/** JSON is what there is; asking for nothing else than XML is refused (406), plain JSON is called what the caller calls it. */
export function responseType(request: FastifyRequest): string {
  const format = (request.query as Record<string, unknown>)._format;
  const wanted = typeof format === 'string' ? format : (request.headers.accept ?? '*/*');
  const types = wanted.split(',').map((part) => part.split(';')[0]!.trim().toLowerCase().replace(' ', '+'));
  if (types.some((type) => type === '*/*' || type === 'application/*' || type === 'application/fhir+json' || type === '')) return FHIR_JSON;
  if (types.some((type) => JSON_TYPES.includes(type))) return types.includes('application/json') ? 'application/json; charset=utf-8' : FHIR_JSON;
  // A browser's or a document viewer's wish list still gets the resource.
  if (types.includes('text/html')) return FHIR_JSON;
  throw new SalusError('not-acceptable', 'Resources are served as application/fhir+json.');
}

/** `W/"3"` → 3 (RFC 9110 §13.1.1). */
export function ifMatch(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined) return undefined;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined) throw invalid('If-Match must be a version such as W/"1".');
  return Number(version);
}

/** Parameters that say how to answer, on every route alike; no interaction sees them. */
const FORMAT_PARAMETERS: ReadonlySet<string> = new Set(['_format', '_pretty']);

/** Parameters in their order, repeated ones included; `+` is a space and `%2B` a plus, as forms have it. */
export function queryPairs(request: FastifyRequest): [string, string][] {
  const at = request.url.indexOf('?');
  return at < 0 ? [] : [...new URLSearchParams(request.url.slice(at + 1))].filter(([name]) => !FORMAT_PARAMETERS.has(name));
}

/** Preferences of RFC 7240 that FHIR uses. */
export function preferences(request: FastifyRequest): { return?: string; handling?: string } {
  const header = [request.headers.prefer ?? []].flat().join(',');
  const pairs = header.split(/[,;]/).map((part) => part.trim().split('=') as [string, string | undefined]);
  return Object.fromEntries(pairs.filter(([name]) => name === 'return' || name === 'handling').map(([name, value]) => [name, value?.replaceAll('"', '')]));
}

export const isFhirJson = (contentType: string | undefined): boolean => {
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  return type === '' || JSON_TYPES.includes(type);
};
