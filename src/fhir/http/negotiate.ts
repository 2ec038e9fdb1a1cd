import { isR4, MEDIA_TYPES, mediaType, type MediaType, type Syntax, syntaxOf } from './media-types';

/** In which form an answer goes out, and by which name. */
export interface AnswerType {
  syntax: Syntax;
  contentType: string;
}

export const FHIR_JSON = 'application/fhir+json; charset=utf-8';

const AS_JSON: AnswerType = { syntax: 'json', contentType: FHIR_JSON };

const typed = (syntax: Syntax, name: string): AnswerType => ({ syntax, contentType: `${name}; charset=utf-8` });

const OFFERED: readonly (AnswerType & { name: string })[] = (['json', 'xml'] as const).flatMap((syntax) => MEDIA_TYPES[syntax].map((name) => ({ ...typed(syntax, name), name })));

/** `_format` wins over Accept and names a form, not a media type (R4 §3.1.0.1.11). Undefined where it is not offered. */
export function typeOfFormat(format: string): AnswerType | undefined {
  const wanted = mediaType(format);
  const syntax = isR4(wanted) ? syntaxOf(wanted.name) : undefined;
  return syntax && typed(syntax, MEDIA_TYPES[syntax][0]!);
}

interface Range extends MediaType {
  quality: number;
}

const known = new Map<string, AnswerType | undefined>();

/** What of the offered types the caller likes best (RFC 9110 §12.5.1). Undefined where nothing will do. */
export function typeOfAccept(accept: string | undefined): AnswerType | undefined {
  if (accept === undefined || accept === '' || accept === '*/*' || accept === 'application/fhir+json') return AS_JSON;
  if (known.has(accept)) return known.get(accept);
  const answer = negotiated(accept);
  // Clients send few headers, and anyone may send many.
  if (known.size > 500) known.clear();
  if (accept.length <= 300) known.set(accept, answer);
  return answer;
}

function negotiated(accept: string): AnswerType | undefined {
  const ranges = accept.split(',', 50).map(range).filter((one) => one.name !== '' && isR4(one));
  const ranked = OFFERED.map((offered, index) => ({ offered, index, ...liking(offered.name, ranges) })).filter(({ quality }) => quality > 0);
  ranked.sort((a, b) => b.quality - a.quality || b.precision - a.precision || a.place - b.place || a.index - b.index);
  const best = ranked[0]?.offered;
  return best && { syntax: best.syntax, contentType: best.contentType };
}

/** Whether `accept` names this very media type, or its kind, and neither form of FHIR (R4 §2.32.2: Binary). */
export function asksForContent(accept: string | undefined, name: string): boolean {
  const wanted = (accept ?? '').split(',', 50).map(range).filter(({ quality }) => quality > 0);
  const asksForFhir = wanted.some((one) => one.name === MEDIA_TYPES.json[0] || one.name === MEDIA_TYPES.xml[0]);
  return !asksForFhir && wanted.some((one) => one.name === name || one.name === `${name.slice(0, name.indexOf('/'))}/*`);
}

function range(text: string): Range {
  const type = mediaType(text);
  const quality = type.parameters.q === undefined ? 1 : Number(type.parameters.q);
  return { ...type, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/** The range that speaks most precisely of a type says how welcome it is. */
function liking(name: string, ranges: readonly Range[]): { quality: number; precision: number; place: number } {
  const fits = ranges.map(({ name: wanted, quality }, place) => ({ quality, precision: precisionOf(wanted, name), place })).filter(({ precision }) => precision > 0);
  return fits.sort((a, b) => b.precision - a.precision)[0] ?? { quality: 0, precision: 0, place: 0 };
}

/** 3: this very type; 2: of its kind; 1: any. A browser's wish for a page is met with JSON, which it shows. */
function precisionOf(wanted: string, name: string): number {
  if (wanted === name || (wanted === 'text/html' && name === MEDIA_TYPES.json[0])) return 3;
  if (wanted === `${name.slice(0, name.indexOf('/'))}/*`) return 2;
  return wanted === '*/*' ? 1 : 0;
}
