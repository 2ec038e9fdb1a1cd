import type { FastifyRequest } from 'fastify';
import { type Access, context, noteAudit, SalusError } from '../../kernel';
import { knownType, legalId } from '../interactions/resource-input';
import { isFhirBody } from './fhir-reply';

/** What the audit says once type and id are known to be such; a path may hold anything, also a name. */
export function note(action: string, type: string, id: string): void {
  noteAudit(action, `${knownType(type)}/${legalId(id)}`, type === 'Patient' ? id : undefined);
}

/** The guard has put it there; without it nothing is read. */
export function access(): Access {
  const granted = context().access;
  if (!granted) throw new SalusError('unauthenticated', 'A valid access token is required.');
  return granted;
}

export function requireFhirBody(request: FastifyRequest): void {
  if (!isFhirBody(request.headers['content-type'])) throw new SalusError('unsupported-media', 'Send FHIR resources as application/fhir+json or application/fhir+xml, of R4, in UTF-8.');
}
