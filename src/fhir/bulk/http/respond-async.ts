import type { FastifyRequest } from 'fastify';
import { invalid, SalusError } from '../../../kernel';

const ANSWERS = ['application/fhir+json', 'application/json', 'application/*', '*/*'];

/** The headers of a kick-off (Bulk Data Access 2.0 §“Headers”). */
export function requireAsync(request: FastifyRequest): void {
  const preferences = [request.headers.prefer ?? []].flat().join(',').split(/[,;]/).map((one) => one.trim());
  if (!preferences.includes('respond-async')) throw invalid('An export runs in the background: send the header “Prefer: respond-async”.');
  const accepted = (request.headers.accept ?? '*/*').split(',').map((type) => type.split(';')[0]!.trim().toLowerCase());
  if (!accepted.some((type) => ANSWERS.includes(type))) throw new SalusError('not-acceptable', 'The answer to a kick-off is application/fhir+json.');
}
