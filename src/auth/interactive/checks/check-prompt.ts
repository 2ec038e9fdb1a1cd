import type { AuthorizeParams } from '../authorize-params';
import { Refusal } from './refusal';

/** How much of the person's attention the client asks for (OIDC Core §3.1.2.1). */
export interface Attention {
  /** No page may be shown: answer at once or with an error. */
  silent: boolean;
  /** The consent page is shown even if consent is remembered. */
  consent: boolean;
  /** The sign-in must not be older than this, epoch milliseconds. */
  freshAfter?: number;
}

const LONGEST = 10 * 365 * 24 * 3600;

export function checkPrompt(params: AuthorizeParams, now: number): Attention {
  const prompts = params.prompt?.split(' ').filter(Boolean) ?? [];
  const silent = prompts.includes('none');
  if (silent && prompts.length > 1) throw new Refusal('invalid_request', 'prompt=none stands alone.');
  // Choosing an account means signing in: a session holds one.
  const again = prompts.includes('login') || prompts.includes('select_account');
  const fresh = again ? now : oldest(params.max_age, now);
  return { silent, consent: prompts.includes('consent'), ...(fresh !== undefined && { freshAfter: fresh }) };
}

function oldest(maxAge: string | undefined, now: number): number | undefined {
  if (maxAge === undefined) return undefined;
  if (!/^\d{1,9}$/.test(maxAge) || Number(maxAge) > LONGEST) throw new Refusal('invalid_request', 'max_age must be a number of seconds.');
  return now - Number(maxAge) * 1000;
}
