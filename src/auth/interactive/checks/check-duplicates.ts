import { AUTHORIZE_PARAMS, type RawParams } from '../authorize-params';

/**
 * Names of parameters sent more than once. Such a request is answered without a redirect: two readings of it
 * are possible, and the one we take may not be the one that a filter before us took (RFC 6749 §3.1).
 */
export function duplicatedParams(raw: RawParams): string[] {
  return AUTHORIZE_PARAMS.filter((name) => Object.hasOwn(raw, name) && raw[name] !== undefined && typeof raw[name] !== 'string');
}
