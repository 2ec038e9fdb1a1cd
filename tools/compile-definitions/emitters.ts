/** Which function of libs/fhir/search/emit turns an element of a data type into entries of a parameter type. */
const EMITTERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  token: {
    CodeableConcept: 'conceptAsToken',
    Coding: 'codingAsToken',
    Identifier: 'identifierAsToken',
    ContactPoint: 'contactPointAsToken',
    boolean: 'booleanAsToken',
    code: 'codeAsToken',
    id: 'codeAsToken',
    string: 'codeAsToken',
    uri: 'codeAsToken',
  },
  string: { string: 'textAsString', markdown: 'textAsString', HumanName: 'humanNameAsString', Address: 'addressAsString' },
  phonetic: { string: 'textAsPhonetic', HumanName: 'humanNameAsPhonetic' },
  date: { date: 'timeAsDate', dateTime: 'timeAsDate', instant: 'timeAsDate', Period: 'periodAsDate', Timing: 'timingAsDate' },
  reference: { Reference: 'referenceAsReference', canonical: 'uriAsReference', uri: 'uriAsReference', Resource: 'resourceAsReference' },
  quantity: {
    Quantity: 'quantityAsQuantity',
    Age: 'quantityAsQuantity',
    Duration: 'quantityAsQuantity',
    Money: 'moneyAsQuantity',
    Range: 'rangeAsQuantity',
    SampledData: 'sampledDataAsQuantity',
  },
  number: { decimal: 'numberAsQuantity', integer: 'numberAsQuantity', Range: 'rangeAsQuantity' },
  uri: { uri: 'uriAsUri', url: 'uriAsUri', canonical: 'uriAsUri' },
  special: { 'Location.position': 'positionAsPosition' },
};

/**
 * Types of a choice that the parameter type has no way to compare (free text as a date); R4 names them
 * only because the expression takes the whole choice.
 */
const NOT_SEARCHABLE: ReadonlySet<string> = new Set(['date Age', 'date Range', 'date string', 'reference Attachment']);

/** The emitter's name; undefined where such an element is not searchable. Fails on a pair not met before. */
export function emitterOf(parameterType: string, dataType: string): string | undefined {
  if (NOT_SEARCHABLE.has(`${parameterType} ${dataType}`)) return undefined;
  const emitter = EMITTERS[parameterType]?.[dataType];
  if (!emitter) throw new Error(`No way to index ${dataType} for a ${parameterType} parameter`);
  return emitter;
}

/** Names of all emitters, for the import of the generated file. */
export const EMITTER_NAMES: readonly string[] = [...new Set(Object.values(EMITTERS).flatMap((byType) => Object.values(byType)))].sort();
