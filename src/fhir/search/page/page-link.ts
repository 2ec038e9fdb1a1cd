import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Access, invalid } from '../../../kernel';

/** What a page link is good for: this caller's rights, this question, this site. */
function binding(access: Access, question: unknown): string {
  const { kind, id, clientId } = access.actor;
  return JSON.stringify([access.site, kind, id, clientId ?? '', access.patient ?? '', access.seesSensitive, scopesOf(access), question]);
}

const scopes = new WeakMap<Access, string>();

/** One Access serves all requests of its token, and may hold hundreds of scopes: they are put in order once. */
function scopesOf(access: Access): string {
  const known = scopes.get(access) ?? [...access.scopes].sort().join(' ');
  scopes.set(access, known);
  return known;
}

const signature = (secret: string, payload: string, bound: string): Buffer => createHmac('sha256', secret).update(payload).update('\u0000').update(bound).digest().subarray(0, 18);

/** A position in the answer to `question`, which only the same caller can go on from. */
export function signPosition(secret: string, access: Access, question: unknown, position: unknown): string {
  const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${payload}.${signature(secret, payload, binding(access, question)).toString('base64url')}`;
}

/** The position that was signed. Throws `invalid` for a link that was edited, or made for another caller or question. */
export function readPosition(secret: string, access: Access, question: unknown, link: string): unknown {
  const [payload, mac, ...more] = link.split('.');
  const given = Buffer.from(mac ?? '', 'base64url');
  const expected = signature(secret, payload!, binding(access, question));
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw invalid('This page link is not valid for this search and token. Start again from the first page.', [{ path: '_cursor', rule: 'value', message: 'Not a page link of this search.' }]);
  }
  return JSON.parse(Buffer.from(payload!, 'base64url').toString());
}
