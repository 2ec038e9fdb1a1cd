import { createHash, hash, randomBytes, randomUUID } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => text.length === 36 && UUID.test(text);

export const newUuid = (): string => randomUUID();

/** A UUID that begins with the time (version 7, RFC 9562 §5.7): as a key it goes to the end of an index, not anywhere into it. */
export function timedUuid(at: number): string {
  if (at !== latest.at) latest = { at, opening: openingOf(at) };
  return latest.opening + randomUUID().slice(15);
}

/** Several requests end in one millisecond: its text, most of the work, is made once. */
let latest = { at: Number.NaN, opening: '' };

function openingOf(at: number): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7`;
}

/** A name-based UUID (version 5 layout): the same parts always give the same id. */
export function uuidFrom(...parts: string[]): string {
  const hash = createHash('sha1').update(parts.join('\u0000')).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** Unguessable text of `bytes` random bytes, base64url. */
export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** What is stored of a secret that is itself random: its SHA-256, base64url. */
export const tokenHash = (token: string): string => hash('sha256', token, 'base64url');
