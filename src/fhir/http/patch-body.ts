import type { FastifyRequest } from 'fastify';
import { SalusError } from '../../kernel';
import { JSON_PATCH, type PatchDocument, readPatch } from '../patch/patch-document';

/** The patch that a body is, told by its media type. */
export function patchBody({ headers }: FastifyRequest, body: unknown): PatchDocument {
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === JSON_PATCH) return readPatch('json', body);
  throw new SalusError('unsupported-media', `Send a JSON Patch as ${JSON_PATCH}.`, [], { headers: { 'accept-patch': JSON_PATCH } });
}
