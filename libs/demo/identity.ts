import { createHash } from 'node:crypto';

/**
 * The same name always gives the same UUID (RFC 9562 §5.5, version 5), so that loading the clinic
 * a second time writes the same resources to the same ids.
 */
export function stableUuid(...name: (string | number)[]): string {
  const hash = createHash('sha1')
    .update(`salus-demo/${name.join('/')}`)
    .digest();
  hash[6] = ((hash[6] as number) & 0x0f) | 0x50;
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/**
 * A National Provider Identifier with a valid check digit (Luhn over the prefix 80840).
 * It starts with 9, where none is ever issued, so no real provider answers to it.
 */
export function demoNpi(serial: number): string {
  const stem = `9${String(serial).padStart(8, '0')}`;
  let sum = 0;
  [...`80840${stem}`].reverse().forEach((digit, place) => {
    const value = place % 2 === 0 ? Number(digit) * 2 : Number(digit);
    sum += value > 9 ? value - 9 : value;
  });
  return `${stem}${(10 - (sum % 10)) % 10}`;
}
