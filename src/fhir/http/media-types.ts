export type Syntax = 'json' | 'xml';

/** Names by which the two forms of FHIR go; the first of each is its own, the others are answered by the name they are asked for. */
export const MEDIA_TYPES: Readonly<Record<Syntax, readonly string[]>> = {
  json: ['application/fhir+json', 'application/json', 'text/json'],
  xml: ['application/fhir+xml', 'application/xml', 'text/xml'],
};

/** Names of older versions of FHIR. */
const FORMER: Readonly<Record<string, string>> = { 'application/json+fhir': 'application/fhir+json', 'application/xml+fhir': 'application/fhir+xml' };

/** The short names that `_format` takes besides. */
const SHORT: Readonly<Record<string, string>> = { json: 'application/fhir+json', xml: 'application/fhir+xml' };

export interface MediaType {
  /** In small letters, by its present name. */
  name: string;
  parameters: Readonly<Record<string, string>>;
}

/** `application/fhir+json; fhirVersion=4.0` in parts (RFC 9110 §8.3.1). */
export function mediaType(text: string): MediaType {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim());
  // A plus that was not escaped in a URL has become a space.
  const known = name.toLowerCase().replace(' ', '+');
  return { name: FORMER[known] ?? known, parameters: Object.fromEntries(parameters.map(parameter)) };
}

function parameter(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text.toLowerCase(), ''] : [text.slice(0, at).trim().toLowerCase(), text.slice(at + 1).trim().replace(/^"(.*)"$/, '$1')];
}

/** The form that a media type, or a value of `_format`, names; undefined for any other. */
export function syntaxOf(name: string): Syntax | undefined {
  const full = SHORT[name] ?? name;
  if (MEDIA_TYPES.json.includes(full)) return 'json';
  return MEDIA_TYPES.xml.includes(full) ? 'xml' : undefined;
}

/** R4 alone is spoken here; a media type may say so (R4 §3.1.0.1.11). */
export const isR4 = ({ parameters }: MediaType): boolean => parameters.fhirversion === undefined || /^4\.0(\.1)?$/.test(parameters.fhirversion);
