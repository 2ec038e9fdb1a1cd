const MARKS = /\p{M}+/gu;
const WORD = /\p{L}+/gu;

/** Letters that sound alike have one digit; vowels have none. */
const DIGITS: Readonly<Record<string, string>> = Object.fromEntries(
  ['BFPV', 'CGJKQSXZ', 'DT', 'L', 'MN', 'R'].flatMap((letters, index) => [...letters].map((letter) => [letter, String(index + 1)])),
);

/**
 * How each word of a name sounds: its Soundex key (https://www.archives.gov/research/census/soundex). A word that is
 * not written in Latin letters stands for itself. Each key once, in order.
 */
export function phoneticKeys(text: string): string[] {
  const words = text.slice(0, 1000).normalize('NFKD').replace(MARKS, '').replace(/ß/g, 'ss').match(WORD) ?? [];
  return [...new Set(words.map(keyOf))];
}

function keyOf(word: string): string {
  const letters = [...word.toUpperCase()].filter((letter) => letter >= 'A' && letter <= 'Z');
  if (letters.length === 0) return word.toLowerCase();
  let key = letters[0]!.toLowerCase();
  let last = DIGITS[letters[0]!];
  for (const letter of letters.slice(1)) {
    const digit = DIGITS[letter];
    if (digit && digit !== last) key += digit;
    // H and W do not part letters that sound alike; vowels do.
    if (letter !== 'H' && letter !== 'W') last = digit;
  }
  return key.slice(0, 4).padEnd(4, '0');
}
