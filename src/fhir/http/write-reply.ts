import type { FastifyReply, FastifyRequest } from 'fastify';
import { operationOutcome } from '#libs/fhir';
import type { WriteResult } from '../interactions/interactions';
import { preferences, sendFhir, versionHeaders } from './fhir-reply';

/** 201 for what is new, else 200; the body as `Prefer: return` asks (R4 §3.1.0.2), if the caller may read it at all. */
export function sendWritten(request: FastifyRequest, reply: FastifyReply, result: WriteResult, base: string): void {
  if (result.kind === 'nothing') return void reply.code(204).send();
  const { type, id, version, lastUpdated, body } = result.kind === 'written' ? result.written : result.stored;
  const created = result.kind === 'written' && result.written.outcome === 'created';
  const status = created ? 201 : 200;
  versionHeaders(reply, version, lastUpdated);
  if (created || request.method === 'POST') reply.header('location', `${base}/${type}/${id}/_history/${version}`);
  const wanted = applied(request, reply) ?? 'representation';
  if (wanted === 'OperationOutcome') return sendFhir(request, reply, status, said(`Stored as version ${version}.`));
  if (wanted === 'minimal' || body.length === 0) return void reply.code(status).send();
  sendFhir(request, reply, status, body);
}

export function sendDeleted(request: FastifyRequest, reply: FastifyReply, result: WriteResult): void {
  if (result.kind === 'written' && result.count === 1) versionHeaders(reply, result.written.version, result.written.lastUpdated);
  if (applied(request, reply) !== 'OperationOutcome') return void reply.code(204).send();
  const count = result.kind === 'written' && result.written.outcome === 'deleted' ? result.count : 0;
  sendFhir(request, reply, 200, said(`Deleted ${count} ${count === 1 ? 'resource' : 'resources'}.`));
}

const PREFERENCES = ['minimal', 'representation', 'OperationOutcome'];

/** What is asked for and understood; anything else is as if it had not been said (RFC 7240 §2). */
function applied(request: FastifyRequest, reply: FastifyReply): string | undefined {
  const wanted = preferences(request).return;
  if (wanted === undefined || !PREFERENCES.includes(wanted)) return undefined;
  reply.header('preference-applied', `return=${wanted}`);
  return wanted;
}

const said = (diagnostics: string): string => JSON.stringify(operationOutcome([{ severity: 'information', code: 'informational', diagnostics }]));
