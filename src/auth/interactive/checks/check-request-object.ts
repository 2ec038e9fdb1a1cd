import type { AuthorizeParams } from '../authorize-params';
import { Refusal } from './refusal';

/** Request objects are refused by name, and nothing is ever fetched from `request_uri` (OIDC Core §6). */
export function checkRequestObject(params: AuthorizeParams): void {
  if (params.request !== undefined) throw new Refusal('request_not_supported', 'The parameter “request” is not supported; send plain parameters.');
  if (params.request_uri !== undefined) throw new Refusal('request_uri_not_supported', 'The parameter “request_uri” is not supported; send plain parameters.');
}
