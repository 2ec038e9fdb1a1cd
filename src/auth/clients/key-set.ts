import type { ClientKey } from './oauth-client';

const MAX_KEYS = 100;
/** Public members of RSA and EC keys (RFC 7518 §6); whatever else came along is not kept. */
const PUBLIC = ['kty', 'kid', 'alg', 'use', 'n', 'e', 'crv', 'x', 'y'];
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];

/** The public signing keys of a JWK Set, or what is wrong with it. */
export function readKeySet(value: unknown): { keys: ClientKey[] } | string {
  const keys = (value as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(keys) || keys.length === 0) return 'must be a JWK Set with at least one key';
  if (keys.length > MAX_KEYS) return `must hold at most ${MAX_KEYS} keys`;
  const fault = keys.map(keyFault).find(Boolean);
  return fault ?? { keys: (keys as ClientKey[]).map(publicPart) };
}

function keyFault(key: unknown): string | undefined {
  if (typeof key !== 'object' || key === null) return 'must hold keys as JSON objects';
  const { kty } = key as ClientKey;
  if (kty !== 'RSA' && kty !== 'EC') return 'may hold RSA and EC keys only';
  return PRIVATE.some((member) => member in key) ? 'holds private key material: register public keys, and replace this pair' : undefined;
}

const publicPart = (key: ClientKey): ClientKey => Object.fromEntries(PUBLIC.filter((member) => typeof key[member] === 'string').map((member) => [member, key[member]])) as ClientKey;
