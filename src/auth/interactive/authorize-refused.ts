import { answerUrl, type ReturnAddress } from './authorization-request';
import type { Refusal } from './checks/refusal';

/** A request refused after its redirect address was proven: the client hears of it there (RFC 6749 §4.1.2.1). */
export class AuthorizeRefused extends Error {
  readonly location: string;

  constructor(
    readonly refusal: Refusal,
    address: ReturnAddress,
  ) {
    super(refusal.message);
    this.name = 'AuthorizeRefused';
    this.location = answerUrl(address, { error: refusal.code, error_description: asciiText(refusal.message) });
  }
}

/** `error_description` holds printable ASCII without quotes and backslash (RFC 6749 §4.1.2.1). */
const asciiText = (text: string): string => text.replace(/[“”"]/g, "'").replace(/’/g, "'").replace(/[^\x20-\x7e]|\\/g, '');
