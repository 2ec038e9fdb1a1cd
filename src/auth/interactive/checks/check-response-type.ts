import type { AuthorizeParams } from '../authorize-params';
import { Refusal } from './refusal';

/** Only the code flow, and only its default way back: tokens never travel in an address (RFC 9700 §2.1.2). */
export function checkResponseType({ response_type: type, response_mode: mode }: AuthorizeParams): void {
  if (type === undefined) throw new Refusal('invalid_request', 'response_type is required; it must be “code”.');
  if (type !== 'code') throw new Refusal('unsupported_response_type', 'Only response_type=code is supported.');
  if (mode !== undefined && mode !== 'query') throw new Refusal('invalid_request', 'Only response_mode=query is supported.');
}
