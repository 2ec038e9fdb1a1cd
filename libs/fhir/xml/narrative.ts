import { SaxesParser } from 'saxes';
import { escapeXml } from './escape-xml';
import { MAX_ATTRIBUTES, MAX_DEPTH } from './limits';
import { XHTML } from './namespaces';

/** Names of HTML that JSON lets pass, and XML without a DTD does not know. */
const ENTITIES: Readonly<Record<string, number>> = {
  nbsp: 160, copy: 169, reg: 174, deg: 176, plusmn: 177, micro: 181, middot: 183, frac12: 189, times: 215, auml: 228, eacute: 233, ouml: 246, uuml: 252,
  ndash: 8211, mdash: 8212, lsquo: 8216, rsquo: 8217, ldquo: 8220, rdquo: 8221, bull: 8226, hellip: 8230, euro: 8364, trade: 8482, le: 8804, ge: 8805,
};

/** The `div` of a narrative as markup. What is not well-formed is shown as text: it must not break out of its place. */
export function narrativeMarkup(div: string): string {
  if (isWellFormed(div)) return div;
  const mended = div.replace(/&([a-zA-Z0-9]+);/g, (reference, name: string) => (Object.hasOwn(ENTITIES, name) ? `&#${ENTITIES[name]};` : reference));
  return isWellFormed(mended) ? mended : `<div xmlns="${XHTML}">${escapeXml(div)}</div>`;
}

class NotXhtml extends Error {}

/** One `div` of XHTML, and nothing that reaches beyond it. */
function isWellFormed(div: string): boolean {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const refuse = (): never => {
    throw new NotXhtml();
  };
  let [depth, attributes] = [0, 0];
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('processinginstruction', refuse);
  parser.on('xmldecl', refuse);
  parser.on('opentagstart', () => {
    attributes = 0;
  });
  parser.on('attribute', () => {
    if (++attributes > MAX_ATTRIBUTES) refuse();
  });
  parser.on('opentag', ({ uri, local }) => {
    if (uri !== XHTML || (depth === 0 && local !== 'div') || depth === MAX_DEPTH) refuse();
    depth += 1;
  });
  parser.on('closetag', () => {
    depth -= 1;
  });
  try {
    parser.write(div).close();
    return true;
  } catch (error) {
    if (error instanceof NotXhtml) return false;
    throw error;
  }
}
