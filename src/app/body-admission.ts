import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BearerGuard } from '../auth';
import { SalusError } from '../kernel';
import { pathOf, surfaceOf } from './surface';

/** Forms of sign-in and registrations, the longest of what strangers have to say, are a fraction of this. */
const MOST_OF_STRANGERS = 256 * 1024;

/**
 * Reading a body costs its length in memory and in time of the one thread. The APIs read none of whoever shows no
 * valid token; everywhere else, where people have none yet, bodies are short.
 */
export function installBodyAdmission(server: FastifyInstance, bearer: BearerGuard): void {
  server.addHook('preParsing', (request, reply, payload, done) => {
    if (!hasBody(request)) return done(null, payload);
    if (!isApi(request)) return done(isLong(request) ? tooLarge() : null, payload);
    authenticated(bearer, request, reply).then(() => done(null, payload), (error: Error) => done(error));
  });
}

async function authenticated(bearer: BearerGuard, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await bearer.authenticate(new ExecutionContextHost([request, reply]));
}

function hasBody({ method, headers }: FastifyRequest): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function isApi(request: FastifyRequest): boolean {
  const surface = surfaceOf(pathOf(request.url));
  return surface === 'fhir' || surface === 'standard' || surface === 'portal';
}

/** Without a length nobody knows before it has been read; no client of ours sends such. */
const isLong = ({ headers }: FastifyRequest): boolean => headers['content-length'] === undefined || Number(headers['content-length']) > MOST_OF_STRANGERS;

const tooLarge = (): SalusError => new SalusError('too-large', `Bodies here have a Content-Length, of at most ${MOST_OF_STRANGERS / 1024} kB.`);
