import type { Prefix } from '../expression';

const PREFIX = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)/;

/** `ge2020` → ge, 2020. No prefix means eq. */
export function splitPrefix(text: string): [Prefix, string] {
  const match = PREFIX.exec(text);
  return match ? [match[1] as Prefix, text.slice(2)] : ['eq', text];
}
