import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const SESSION_COOKIE = 'salus_session';

/**
 * Lax: a form posted from another site arrives without the cookie, so it finds no session to act in. The one foreign
 * POST that must work, SMART's authorize-post, is answered by a redirect to the same request as a GET.
 */
const OPTIONS = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;

/** A value of the shape we hand out; anything else is not looked up. */
export function sessionSecret(request: FastifyRequest): string | undefined {
  const value = request.cookies[SESSION_COOKIE];
  return value && /^[\w-]{43}$/.test(value) ? value : undefined;
}

/** Without an expiry date: the browser forgets it when it closes, the server by its own limits. */
export const setSessionCookie = (reply: FastifyReply, secret: string): void => void reply.setCookie(SESSION_COOKIE, secret, OPTIONS);

export const clearSessionCookie = (reply: FastifyReply): void => void reply.clearCookie(SESSION_COOKIE, OPTIONS);
