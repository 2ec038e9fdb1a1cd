const COMBINING = /\p{M}+/gu;
const PLAIN = /^[\x20-\x7e]*$/;

/** Lower case without accents, white space collapsed: text search compares these, so it means the same on every database. */
export function foldText(text: string): string {
  const plain = PLAIN.test(text) ? text : text.normalize('NFKD').replace(COMBINING, '').replace(/ß/g, 'ss');
  return plain.toLowerCase().replace(/\s+/g, ' ').trim();
}
