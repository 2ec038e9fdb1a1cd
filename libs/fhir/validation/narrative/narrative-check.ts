import { ATTRIBUTES, ATTRIBUTES_OF, attributeProblem, ELEMENTS } from './xhtml-vocabulary';

const XHTML = 'http://www.w3.org/1999/xhtml';
const MAX_DEPTH = 100;

// Sticky patterns, each linear: no repetition can match the same character in two ways.
const TEXT = /[^<]+/y;
const COMMENT = /<!--(?!\[)(?:[^-]|-(?!-))*-->/y;
const END_TAG = /<\/([A-Za-z][A-Za-z0-9]*)\s*>/y;
const START_TAG = /<([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z_:][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const ATTRIBUTE = /([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const REFERENCE = /&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", colon: ':', Tab: ' ', NewLine: ' ' };

/**
 * Why a text is no narrative as R4 §2.4.1 has it (txt-1, txt-2), as a sentence; undefined if it is one.
 * Nothing is cleaned away: what a clinician signed is stored as it was or not at all.
 */
export function narrativeProblem(xhtml: string): string | undefined {
  return new NarrativeScan(xhtml).problem();
}

class NarrativeScan {
  private readonly open: string[] = [];
  private at = 0;
  private rootIsClosed = false;
  private saysSomething = false;

  constructor(private readonly text: string) {}

  problem(): string | undefined {
    while (this.at < this.text.length) {
      const problem = this.text[this.at] === '<' ? this.markup() : this.characters();
      if (problem !== undefined) return `${problem} (txt-1).`;
    }
    if (this.open.length > 0 || !this.rootIsClosed) return 'Expected one div element, each element closed (txt-1).';
    return this.saysSomething ? undefined : 'A narrative must have text or an image (txt-2).';
  }

  private characters(): string | undefined {
    const found = this.take(TEXT)?.[0] ?? '';
    if (found.trim() === '') return undefined;
    if (this.open.length === 0) return 'Expected nothing outside the div element';
    this.saysSomething = true;
    return referenceProblem(found);
  }

  private markup(): string | undefined {
    if (this.take(COMMENT)) return undefined;
    const end = this.take(END_TAG);
    if (end) return this.close(end[1] ?? '');
    const start = this.take(START_TAG);
    return start ? this.start(start[1] ?? '', start[2] ?? '', start[3] === '/') : 'This is not well-formed XHTML: comments, tags and quoted attributes alone may begin with “<”';
  }

  private start(name: string, attributes: string, isEmpty: boolean): string | undefined {
    if (this.open.length === 0 && (this.rootIsClosed || name !== 'div')) return 'Expected one div element around all';
    if (!ELEMENTS.has(name)) return 'A narrative may hold formatting, lists, tables, links and images alone, in small letters: no scripts, forms, frames, objects or styles';
    if (this.open.length >= MAX_DEPTH) return `Nested deeper than ${MAX_DEPTH} levels`;
    const problem = this.attributesProblem(name, attributes);
    if (problem !== undefined) return problem;
    if (name === 'img') this.saysSomething = true;
    if (!isEmpty) this.open.push(name);
    else if (this.open.length === 0) this.rootIsClosed = true;
    return undefined;
  }

  private close(name: string): string | undefined {
    if (this.open.pop() !== name) return 'An element is closed that was not the last one opened';
    this.rootIsClosed = this.open.length === 0;
    return undefined;
  }

  private attributesProblem(element: string, attributes: string): string | undefined {
    if (attributes === '' && this.open.length > 0) return undefined;
    const seen = new Set<string>();
    for (const [, name = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
      const problem = seen.has(name) ? 'An attribute is given twice' : oneAttributeProblem(element, name, double ?? single ?? '');
      if (problem !== undefined) return problem;
      seen.add(name);
    }
    return this.open.length === 0 && !seen.has('xmlns') ? `Expected <div xmlns="${XHTML}">` : undefined;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found ?? undefined;
  }
}

function oneAttributeProblem(element: string, name: string, value: string): string | undefined {
  if (!ATTRIBUTES.has(name) && !ATTRIBUTES_OF[element]?.has(name)) return `An attribute that ${element} does not have in a narrative: no events, no forms`;
  if (name === 'xmlns' && value !== XHTML) return `Expected the namespace ${XHTML}`;
  return referenceProblem(value) ?? attributeProblem(element, name, resolved(value));
}

function referenceProblem(text: string): string | undefined {
  return text.includes('&') && text.replace(REFERENCE, '').includes('&') ? 'An “&” must be written &amp;' : undefined;
}

function resolved(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (_, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? '_';
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

