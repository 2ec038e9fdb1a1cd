import type { FastifyReply } from 'fastify';
import type { Html } from '../../kernel';
import { STYLE_HASH } from './style';

/**
 * No script, no foreign asset, never framed (RFC 9700 §4.16). `form-action` is left out on purpose: Chromium holds
 * every redirect after a form to it, and the last redirect of the flow leads to the app, wherever that sends on to.
 */
const POLICY = `default-src 'none'; style-src ${STYLE_HASH}; base-uri 'none'; frame-ancestors 'none'`;

const HEADERS = {
  'cache-control': 'no-store',
  pragma: 'no-cache',
  'content-security-policy': POLICY,
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // Browser apps open these pages in a pop-up and wait for its answer through `opener`.
  'cross-origin-opener-policy': 'unsafe-none',
};

/** Sends a finished page with the headers that every page of the authorization server carries. */
export function sendPage(reply: FastifyReply, page: Html, status = 200): void {
  void reply.status(status).headers({ ...HEADERS, 'content-type': 'text/html; charset=utf-8' }).send(page.text);
}

export function sendText(reply: FastifyReply, text: string, status = 200): void {
  void reply.status(status).headers({ ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }).send(text);
}

/** 303: whatever the request was, the next one is a GET, so credentials of a form go no further (RFC 9700 §4.12). */
export function sendRedirect(reply: FastifyReply, url: string): void {
  void reply.headers(HEADERS).redirect(url, 303);
}
