import type { AuthorizeParams } from '../authorize-params';
import { Refusal } from './refusal';

/** Echoed values are bounded; SMART asks for at least 512 characters of state. */
const LONGEST = { state: 4096, nonce: 512, login_hint: 255 } as const;

/** `state` is judged apart, before any redirect, because a redirect would have to carry it. */
export const stateTooLong = ({ state }: AuthorizeParams): boolean => (state?.length ?? 0) > LONGEST.state;

export function checkSizes(params: AuthorizeParams): void {
  for (const name of ['nonce', 'login_hint'] as const) {
    if ((params[name]?.length ?? 0) > LONGEST[name]) throw new Refusal('invalid_request', `${name} is longer than ${LONGEST[name]} characters.`);
  }
}
