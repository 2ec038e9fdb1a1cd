import type { FastifyInstance } from 'fastify';
import type { Config } from '../config';

/** What browsers are told with every answer: it loads nothing, is framed by nobody, and is what its type says. */
const HEADERS = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  // The filter that this header once switched on did harm; off is the advice (OWASP).
  'x-xss-protection': '0',
} as const;

/** The API explorer is the one page with scripts; they are our own files. Its sign-in window reports back through `opener`. */
const EXPLORER = {
  'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'unsafe-none',
} as const;

/**
 * Set before anything else is done, from texts made once. Pages set a policy of their own over these. (The plugin that
 * does this for Fastify makes the policy anew for every request, which cost a tenth of a read.)
 */
export function installSecurityHeaders(server: FastifyInstance, { TLS }: Pick<Config, 'TLS'>): void {
  // A self-signed localhost must not teach the browser to refuse every other server of this machine.
  const common = { ...HEADERS, ...(TLS === 'files' && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }) };
  const explorer = { ...common, ...EXPLORER };
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(request.url.startsWith('/swagger') ? explorer : common);
    done();
  });
}
