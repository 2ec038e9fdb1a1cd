import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AuditLog } from '../audit';
import type { Config } from '../config';
import { contextOrNone, type RequestContext, runInContext, SalusError } from '../kernel';
import { sendError } from './error.filter';
import { pathOf, siteOf, surfaceOf } from './surface';

const CONTEXT = Symbol('context');

type WithContext = FastifyRequest & { [CONTEXT]?: RequestContext };

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** The caller's X-Request-Id where it is harmless, else one of ours. */
export function requestId(headers: Record<string, unknown>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** Gives every request its id, its site and its audit row. */
export function installRequestContext(server: FastifyInstance, config: Config, audit: AuditLog): void {
  server.addHook('onRequest', (request: WithContext, reply, done) => {
    reply.header('x-request-id', request.id);
    const site = siteOf(pathOf(request.url), config.SITES[0]!);
    const known = config.SITES.includes(site);
    request[CONTEXT] = { requestId: request.id, site: known ? site : config.SITES[0]!, audit: {}, http: httpFacts(request) };
    if (!known) return sendError(new SalusError('invalid', 'There is no such site on this server.'), request, reply);
    runInContext(request[CONTEXT], done);
  });
  // Reading a body may lose the asynchronous context; enter it again.
  server.addHook('preValidation', (request: WithContext, _reply, done) => {
    const own = request[CONTEXT];
    if (own && own !== contextOrNone()) runInContext(own, done);
    else done();
  });
  server.addHook('onResponse', (request: WithContext, reply, done) => {
    const own = request[CONTEXT];
    if (own && isAudited(request)) {
      audit.record({ site: own.site, requestId: own.requestId, ...own.http!, status: reply.statusCode, note: own.audit, ...(own.access && { access: own.access }) });
    }
    done();
  });
}

function httpFacts(request: FastifyRequest): { method: string; route: string; address: string } {
  return { method: request.method, route: request.routeOptions?.url ?? '(unknown route)', address: request.ip };
}

/** Health checks, metrics and static pages concern nobody's record. */
function isAudited(request: FastifyRequest): boolean {
  const path = pathOf(request.url);
  const concerns = surfaceOf(path) !== 'ops' || path.startsWith('/apis/');
  return concerns && path !== '/' && request.method !== 'OPTIONS';
}
