import type { FastifyReply, FastifyRequest } from 'fastify';
import { isR4, mediaType, syntaxOf } from './media-types';

export { sendFhir } from './answer-format';

/** What the answer has in common, whatever the interaction: version, time, media type. */
export function versionHeaders(reply: FastifyReply, version: number, lastUpdated: number): void {
  reply.header('etag', `W/"${version}"`).header('last-modified', new Date(lastUpdated).toUTCString());
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
  if (request.headers.prefer === undefined) return {};
  const header = [request.headers.prefer].flat().join(',');
  const pairs = header.split(/[,;]/).map((part) => part.trim().split('=') as [string, string | undefined]);
  return Object.fromEntries(pairs.filter(([name]) => name === 'return' || name === 'handling').map(([name, value]) => [name, value?.replaceAll('"', '')]));
}

/** True for JSON and XML of R4 in UTF-8, by any of their names. A body without a name is taken for JSON. */
export function isFhirBody(contentType: string | undefined): boolean {
  if (!contentType) return true;
  const type = mediaType(contentType);
  return syntaxOf(type.name) !== undefined && isR4(type) && /^(utf-?8|us-ascii)?$/i.test(type.parameters.charset ?? '');
}
