import type { FastifyRequest } from 'fastify';
import { invalid, noteAudit } from '../../kernel';
import type { WriteConditions } from '../interactions/interactions';
import { versionCondition } from '../interactions/version-condition';

/** Parameters that say how to write or to answer, and select nothing. */
const NO_CRITERIA = /^_(?:format|pretty|cascade)(?:=|$)/;

const parts = ({ url }: FastifyRequest): string[] => (url.includes('?') ? url.slice(url.indexOf('?') + 1).split('&') : []);

/** The criteria of a conditional write, as they stand in the address. */
export function criteria(type: string, request: FastifyRequest): string {
  noteAudit(request.method.toLowerCase(), type);
  return parts(request).filter((part) => part !== '' && !NO_CRITERIA.test(part)).join('&');
}

/** `_cascade=delete`: what refers to the resource is deleted with it. */
export function cascades(request: FastifyRequest): boolean {
  const asked = parts(request).filter((part) => part.startsWith('_cascade'));
  if (asked.some((part) => part !== '_cascade=delete')) throw invalid('_cascade takes delete alone.');
  return asked.length > 0;
}

/** `If-Match` and `If-None-Match` (RFC 9110 §13.1). */
export function writeConditions({ headers }: FastifyRequest): Pick<WriteConditions, 'ifMatch' | 'ifNoneMatch'> {
  const ifMatch = headers['if-match'] === undefined ? undefined : versionCondition(headers['if-match']);
  if (headers['if-match'] !== undefined && ifMatch === undefined) throw invalid('If-Match must be a version such as W/"1".');
  const ifNoneMatch = headers['if-none-match']?.trim();
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') throw invalid('On a write If-None-Match takes * alone.');
  return { ...(ifMatch !== undefined && { ifMatch }), ...(ifNoneMatch !== undefined && { ifNoneMatch }) };
}
