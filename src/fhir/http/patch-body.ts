import type { FastifyRequest } from 'fastify';
import { SalusError } from '../../kernel';
import { resourceInput } from '../interactions/resource-input';
import { JSON_PATCH, PATCH_FORMATS, type PatchDocument, readPatch } from '../patch/patch-document';
import { isFhirBody } from './fhir-reply';

/** The patch that a body is, told by its media type: JSON Patch, or Parameters that are a FHIRPath Patch. */
export function patchBody({ headers }: FastifyRequest, body: unknown): PatchDocument {
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === JSON_PATCH) return readPatch('json', body);
  if (type !== '' && !Array.isArray(body) && isFhirBody(headers['content-type'])) return readPatch('fhirpath', resourceInput(body, 'Parameters'));
  throw new SalusError('unsupported-media', `Send a JSON Patch as ${JSON_PATCH}, or Parameters as application/fhir+json or application/fhir+xml.`, [], { headers: { 'accept-patch': PATCH_FORMATS.join(', ') } });
}
