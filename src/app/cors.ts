import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { pathOf, surfaceOf } from './surface';

const METHODS = 'GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS';
const HEADERS = 'origin, authorization, accept, content-type, content-encoding, x-requested-with, prefer, if-match, if-none-match, if-modified-since, if-none-exist, x-request-id';
const EXPOSED = 'etag, location, content-location, last-modified, x-request-id, retry-after, x-progress, www-authenticate';

/**
 * Browsers may call the APIs and the token endpoints from the configured origins, with tokens and never with cookies.
 * Pages (sign-in, consent, administration) answer no other origin.
 */
export function installCors(server: FastifyInstance, config: Config): void {
  const origins = config.SALUS_CORS_ORIGINS.split(',').map((one) => one.trim());
  const any = origins.includes('*');
  server.addHook('onRequest', (request, reply, done) => {
    const origin = request.headers.origin;
    if (origin === undefined || !isShared(pathOf(request.url)) || !(any || origins.includes(origin))) return refusePreflight(request, reply, done);
    reply.header('access-control-allow-origin', any ? '*' : origin).header('access-control-expose-headers', EXPOSED);
    if (!any) reply.header('vary', 'origin');
    if (request.method !== 'OPTIONS') return done();
    reply.header('access-control-allow-methods', METHODS).header('access-control-allow-headers', HEADERS).header('access-control-max-age', '600');
    void reply.code(200).send();
  });
}

function refusePreflight(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (request.method === 'OPTIONS') void reply.code(200).header('allow', METHODS).send();
  else done();
}

const OAUTH_PAGES = /\/(authorize|login|provider|smart\/patient-select|scope-authorize-confirm|device|logout)/;

function isShared(path: string): boolean {
  const surface = surfaceOf(path);
  if (surface === 'oauth') return !OAUTH_PAGES.test(path);
  return surface === 'fhir' || surface === 'standard' || surface === 'portal' || path.startsWith('/swagger/');
}
