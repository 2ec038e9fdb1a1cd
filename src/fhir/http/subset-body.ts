import { type FhirResource, isSubset, parseJson, readSubset, SearchSyntaxError, stringifyJson, subsetOf } from '#libs/fhir';
import { invalid } from '../../kernel';

/** Stored bytes, cut down as `_summary` or `_elements` of a read ask (R4 §3.1.0.1.2); the bytes themselves where they do not. */
export function subsetBody(type: string, query: unknown, body: Buffer): Buffer {
  const parameters = query as Readonly<Record<string, unknown>>;
  if (parameters._summary === undefined && parameters._elements === undefined) return body;
  const subset = asked(type, parameters);
  return isSubset(subset) ? Buffer.from(stringifyJson(subsetOf(parseJson(body.toString()) as FhirResource, subset))) : body;
}

function asked(type: string, parameters: Readonly<Record<string, unknown>>) {
  try {
    return readSubset(type, parameters);
  } catch (error) {
    if (!(error instanceof SearchSyntaxError)) throw error;
    throw invalid(error.message, [{ path: error.parameter, rule: error.fault, message: error.message }]);
  }
}
