import type { AuthorizeParams } from '../authorize-params';
import { Refusal } from './refusal';

/** The addresses a token of this site is good for. */
export interface Audiences {
  fhir: readonly string[];
  other: readonly string[];
}

const withoutSlash = (url: string): string => url.replace(/\/$/, '');

/**
 * A token meant for another server must not come into being here: `aud` (or `resource`, RFC 8707), where sent, names
 * this site. A SMART launch must send it, and it must be the FHIR base (SMART App Launch 2.2, “obtain authorization code”).
 */
export function checkAud({ aud, resource }: AuthorizeParams, launching: boolean, audiences: Audiences): void {
  const allowed = launching ? audiences.fhir : [...audiences.fhir, ...audiences.other];
  const given = [aud, resource].filter((url) => url !== undefined);
  if (launching && given.length === 0) throw new Refusal('invalid_request', `aud is required for a SMART launch; send ${audiences.fhir[0]}.`);
  if (given.some((url) => !allowed.includes(withoutSlash(url)))) {
    throw new Refusal('invalid_request', `aud does not name this server; send ${audiences.fhir[0]}.`);
  }
}
