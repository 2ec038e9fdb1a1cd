import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FhirResource, parseJson } from '#libs/fhir';
import { namesFormat, requireAcceptable } from './answer-format';
import { mediaType } from './media-types';
import { asksForContent } from './negotiate';

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,100}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}$/;

/**
 * Sends what a Binary holds where its own media type is asked for (R4 §2.32.2); false where the resource is. Without
 * a wish, and by a wildcard for everything, it is a resource like any other. Content is somebody's upload: it is handed
 * over as a file, and no browser runs it on our behalf.
 */
export function sendContent(request: FastifyRequest, reply: FastifyReply, body: Buffer): boolean {
  const { contentType, data } = parseJson(body.toString()) as FhirResource & { contentType?: string; data?: string };
  const { name } = mediaType(contentType ?? '');
  if (namesFormat(request) || !MEDIA_TYPE.test(name) || !asksForContent(request.headers.accept, name)) {
    requireAcceptable(request);
    return false;
  }
  void reply
    .code(200)
    .headers({ 'content-type': name.startsWith('text/') ? `${name}; charset=utf-8` : name, 'content-disposition': 'attachment', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox", 'x-content-type-options': 'nosniff', vary: 'accept' })
    .send(Buffer.from(data ?? '', 'base64'));
  return true;
}
