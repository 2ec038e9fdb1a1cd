import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendFhir } from '../fhir';
import { type ErrorKind, ERROR_STATUS, log, SalusError } from '../kernel';
import { renderError } from './render-error';
import { pathOf, type Surface, surfaceOf } from './surface';

/** The last stop of every error: known kinds are rendered by surface, anything else is a fault that says nothing of its cause. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendError(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

export function sendError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (reply.sent) return;
  const path = pathOf(request.url);
  const surface = surfaceOf(path);
  const error = inTermsOf(surface, toSalusError(thrown));
  if (error.kind === 'fault') log.error({ err: thrown, requestId: request.id }, 'request failed');
  const rendered = renderError(surface, error, request.id, path);
  const challenge = challengeOf(error, surface);
  if (challenge) reply.header('www-authenticate', challenge);
  if (surface === 'oauth') reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' });
  void reply.headers(error.headers);
  if (surface === 'fhir') sendFhir(request, reply, error.status, rendered.body);
  else void reply.code(error.status).header('content-type', rendered.contentType).send(rendered.body);
}

const APIS: readonly Surface[] = ['fhir', 'standard', 'portal'];

/** Whoever's token does not open what they asked for is told so in its terms too (RFC 6750 §3); errors that know more say more. */
function challengeOf({ kind }: SalusError, surface: Surface): string | undefined {
  if (kind === 'unauthenticated') return 'Bearer realm="Salus"';
  return kind === 'forbidden' && APIS.includes(surface) ? 'Bearer realm="Salus", error="insufficient_scope"' : undefined;
}

/** OAuth knows no 415: a request in the wrong format is an invalid one, with status 400 (RFC 6749 §5.2, RFC 7591 §3.2.2). */
function inTermsOf(surface: Surface, error: SalusError): SalusError {
  return surface === 'oauth' && error.kind === 'unsupported-media' ? new SalusError('invalid', error.message) : error;
}

/** Fastify and Nest name their failures by status; databases by code. */
function toSalusError(thrown: unknown): SalusError {
  if (thrown instanceof SalusError) return thrown;
  const busy = busyDatabase(thrown);
  if (busy) return busy;
  const status = thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: number }).statusCode;
  const kind = (Object.keys(ERROR_STATUS) as ErrorKind[]).find((name) => ERROR_STATUS[name] === status);
  if (!kind || kind === 'fault') return new SalusError('fault', 'Something went wrong on the server.', [], { cause: thrown });
  return new SalusError(kind, MESSAGES[kind] ?? 'The request could not be understood.');
}

const MESSAGES: Partial<Record<ErrorKind, string>> = {
  'not-found': 'There is nothing at this address.',
  'not-allowed': 'This method is not offered here.',
  'too-large': 'The body is larger than this server takes.',
  'unsupported-media': 'This media type is not understood here: send JSON as application/json, FHIR resources as application/fhir+json or application/fhir+xml, a JSON Patch as application/json-patch+json, forms as application/x-www-form-urlencoded.',
};

const LATER = { headers: { 'retry-after': '1' } };

function busyDatabase(thrown: unknown): SalusError | undefined {
  const code = (thrown as { code?: unknown } | null)?.code;
  if (code === 'ER_DUP_ENTRY' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') return new SalusError('conflict', 'Someone else stored this at the same time; try again.', [], { cause: thrown });
  if (code === 'ER_LOCK_DEADLOCK' || code === 'ER_LOCK_WAIT_TIMEOUT' || code === 'ER_CHECKREAD' || code === 'SQLITE_BUSY') return new SalusError('conflict', 'Someone else was writing the same records; try again.', [], { cause: thrown, ...LATER });
  if (code === 'ECONNREFUSED' || code === 'PROTOCOL_CONNECTION_LOST' || code === 'ER_CON_COUNT_ERROR') return new SalusError('unavailable', 'The database is not reachable at the moment.', [], { cause: thrown, ...LATER });
  return undefined;
}
