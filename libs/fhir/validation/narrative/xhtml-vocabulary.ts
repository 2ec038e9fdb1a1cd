/**
 * What the XHTML of a narrative may consist of (R4 §2.4.1): the formatting elements of HTML 4.0 chapters 7 to 11 and 15,
 * links and images. No scripts, forms, frames, objects, style sheets or event attributes.
 */
export const ELEMENTS: ReadonlySet<string> = new Set(
  (
    'p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite blockquote hr address bdo kbd sub sup ' +
    'ul ol li dl dt dd pre table caption colgroup col thead tbody tfoot tr th td code samp img map area'
  ).split(' '),
);

/** Attributes that any element may have. */
export const ATTRIBUTES: ReadonlySet<string> = new Set(['title', 'style', 'class', 'id', 'lang', 'xml:lang', 'dir', 'xml:space', 'accesskey', 'tabindex', 'xmlns']);

const CELL = 'abbr axis headers scope rowspan colspan align valign char charoff width height nowrap bgcolor';
const COLUMN = 'span width align valign char charoff';
const ROWS = 'align valign char charoff';

/** Further attributes of single elements. */
export const ATTRIBUTES_OF: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    a: 'href name rel rev hreflang type charset',
    img: 'src alt longdesc height width usemap ismap border align',
    map: 'name',
    area: 'shape coords href alt nohref',
    q: 'cite',
    blockquote: 'cite',
    table: 'summary width border frame rules cellspacing cellpadding align',
    col: COLUMN,
    colgroup: COLUMN,
    thead: ROWS,
    tbody: ROWS,
    tfoot: ROWS,
    tr: ROWS,
    th: CELL,
    td: CELL,
    ol: 'start type',
    ul: 'type',
    li: 'value type',
    p: 'align',
    div: 'align',
    h1: 'align',
    h2: 'align',
    h3: 'align',
    hr: 'align width size',
    br: 'clear',
  }).map(([element, names]) => [element, new Set(names.split(' '))]),
);

/** Attributes that hold an address. */
const ADDRESSES: ReadonlySet<string> = new Set(['href', 'src', 'cite', 'longdesc', 'usemap']);

const SAFE_ADDRESS = /^(?:(?:https?|mailto|tel|ftp|urn|cid):|[#/?.]|[^:]*$|[^:/?#]*[/?#])/i;
const IMAGE_DATA = /^data:image\/(?:png|gif|jpe?g|webp|bmp);/i;
const ACTIVE_STYLE = /expression|javascript:|behaviou?r|-moz-binding|@import|\\|\/\*/i;
const STYLE_ADDRESS = /url\s*\(\s*["']?([^)"']*)/gi;

/** What is wrong with the value of an attribute, its references already resolved; undefined if nothing is. */
export function attributeProblem(element: string, name: string, value: string): string | undefined {
  if (name === 'style') return styleProblem(value);
  if (!ADDRESSES.has(name)) return undefined;
  // Browsers skip control characters and blanks in a scheme.
  const address = [...value].filter((character) => character > ' ').join('');
  const isImage = element === 'img' && name === 'src' && IMAGE_DATA.test(address);
  return isImage || SAFE_ADDRESS.test(address) ? undefined : `An address in “${name}” must be one of http, https, mailto, tel, ftp, urn or a place nearby`;
}

/** A style may show an image that comes with the narrative; one from elsewhere would tell who reads the record. */
function styleProblem(style: string): string | undefined {
  const addresses = !style.includes('(') ? [] : [...style.matchAll(STYLE_ADDRESS)].map(([, address = '']) => address.trim());
  const isSafe = !ACTIVE_STYLE.test(style) && addresses.every((address) => IMAGE_DATA.test(address) || (!address.includes(':') && !address.startsWith('//')));
  return isSafe ? undefined : 'A style may neither run anything nor load it from elsewhere';
}
