import type { SaxesTagNS } from 'saxes';
import { escapeXml } from './escape-xml';
import { MAX_DEPTH } from './limits';
import { XHTML, XMLNS } from './namespaces';
import { XmlSyntaxError } from './xml-syntax-error';

/**
 * Takes the markup of a narrative as it is written. Where it leans on declarations outside (a prefix, a namespace
 * that was declared further up) it is written anew, so that it can stand for itself.
 */
export class XhtmlCapture {
  private depth = 0;
  private readonly stands: boolean;
  private rewritten = '';

  /** `start` is where the markup begins in the text. */
  constructor(
    tag: SaxesTagNS,
    private readonly start: number,
    private readonly path: string,
  ) {
    this.stands = tag.prefix === '' && tag.attributes.xmlns !== undefined;
    this.open(tag);
  }

  open(tag: SaxesTagNS): void {
    if (++this.depth > MAX_DEPTH) throw new XmlSyntaxError(`Markup is nested deeper than ${MAX_DEPTH}.`, this.path);
    if (tag.uri !== XHTML) throw new XmlSyntaxError('A narrative holds elements of XHTML alone.', this.path);
    if (this.stands) {
      if (tag.prefix !== '') throw new XmlSyntaxError('Write the elements of a narrative without prefixes.', this.path);
      return;
    }
    const attributes = Object.values(tag.attributes).filter(({ uri }) => uri !== XMLNS);
    const declared = this.depth === 1 ? ` xmlns="${XHTML}"` : '';
    this.rewritten += `<${tag.local}${declared}${attributes.map(({ name, value }) => ` ${name}="${escapeXml(value)}"`).join('')}>`;
  }

  text(text: string): void {
    if (!this.stands) this.rewritten += text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  }

  /** True once the markup is complete. */
  close(tag: SaxesTagNS): boolean {
    if (!this.stands) this.rewritten += `</${tag.local}>`;
    this.depth -= 1;
    return this.depth === 0;
  }

  /** `end` is where the markup ends in `source`. */
  markup(source: string, end: number): string {
    return this.stands ? source.slice(this.start, end) : this.rewritten;
  }
}
