/** What XML 1.0 cannot hold in any form. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const SPECIAL = /[&<>"\t\n\r]/g;
/** Most values hold none of either. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const UNUSUAL = /[\u0000-\u001f&<>"\ud800-\udfff\ufffe\uffff]/;

const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };

/** For an attribute in double quotes; line breaks are kept, which a reader would otherwise turn into blanks. */
export function escapeXml(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  return text.replace(ILLEGAL, '\ufffd').replace(SPECIAL, (char) => REFERENCES[char]!);
}
