import { hash, verify } from '@node-rs/argon2';

/** Argon2id as OWASP recommends it (19 MiB, two passes, one lane); about 20 ms. The parameters travel in each hash. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Longer input is refused before it costs anything. */
export const MAX_PASSWORD = 1024;

export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS);

let decoy: Promise<string> | undefined;

/** Verifies against `stored`, or, where there is no account, against a decoy that costs the same and never matches. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(`decoy ${process.hrtime.bigint()}`);
  const matches = await verify(stored ?? (await decoy), password.slice(0, MAX_PASSWORD));
  return matches && stored !== undefined && password.length <= MAX_PASSWORD;
}
