import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SearchRequest } from '#libs/fhir';
import { type Access, invalid } from '../../../kernel';
import type { Position } from './page-order';

/** What a page link is good for: this caller's rights, this search, this site. */
function binding(access: Access, request: SearchRequest): string {
  const { kind, id, clientId } = access.actor;
  const query = request.used.filter(([name]) => name !== '_cursor');
  return JSON.stringify([access.site, kind, id, clientId ?? '', access.patient ?? '', access.seesSensitive, [...access.scopes].sort(), request.type, query]);
}

const signature = (secret: string, payload: string, bound: string): Buffer => createHmac('sha256', secret).update(payload).update('\u0000').update(bound).digest().subarray(0, 18);

export function writeCursor(secret: string, access: Access, request: SearchRequest, position: Position): string {
  const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${payload}.${signature(secret, payload, binding(access, request)).toString('base64url')}`;
}

/** The position in `request.cursor`. Throws `invalid` for a link that was edited, or made for another caller or search. */
export function readCursor(secret: string, access: Access, request: SearchRequest): Position {
  const [payload, mac, ...more] = request.cursor!.split('.');
  const given = Buffer.from(mac ?? '', 'base64url');
  const expected = signature(secret, payload!, binding(access, request));
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw invalid('This page link is not valid for this search and token. Start again from the first page.', [{ path: '_cursor', rule: 'value', message: 'Not a page link of this search.' }]);
  }
  return JSON.parse(Buffer.from(payload!, 'base64url').toString()) as Position;
}
