import { timingSafeEqual } from 'node:crypto';
import { forbidden, type Html, html } from '../../kernel';
import type { WebSession } from './sessions';

/** OpenEMR's name for it on the sign-in and consent forms; its patient picker says `csrf_token`. Both are read. */
const FIELD = 'csrf_token_form';

/** The hidden field that proves a form came from a page of this session. */
export const formToken = (session: WebSession): Html => html`<input type="hidden" name="${FIELD}" value="${session.csrf}">`;

/** Refuses a form without its session's secret: it was posted from elsewhere (RFC 9700 §4.7). */
export function assertFormToken(session: WebSession | undefined, form: Readonly<Record<string, unknown>>): asserts session is WebSession {
  const given = form[FIELD] ?? form.csrf_token;
  if (!session || typeof given !== 'string' || !sameText(given, session.csrf)) {
    throw forbidden('This form is no longer valid. Go back to the app and start again.');
  }
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
