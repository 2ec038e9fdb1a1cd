import { type Expression, isResourceType, parseSearch, SearchSyntaxError, type SearchRequest } from '#libs/fhir';
import { invalid, notFound, type SalusError } from '../../kernel';

type Parameters = readonly (readonly [string, string])[];

/** The search that the parameters ask for. Throws `invalid`, naming the parameter and what it takes. */
export function readRequest(type: string, parameters: Parameters, base: string | undefined, strict: boolean): SearchRequest {
  if (!isResourceType(type)) throw notFound('This resource type');
  const request = parsed(type, parameters, base);
  if (strict && request.unknown.length > 0) throw unknownParameters(type, request.unknown);
  return request;
}

/** Criteria of a conditional interaction: a parameter left out would match too much. */
export function readCriteria(type: string, parameters: Parameters): Expression[] {
  const request = readRequest(type, parameters, undefined, true);
  const other = request.used.length - request.filters.length;
  if (other > 0) throw invalid('Criteria take parameters that select, none that shape an answer (_sort, _count …).');
  if (request.filters.length === 0) throw invalid('The criteria must hold at least one search parameter.');
  return request.filters;
}

function parsed(type: string, parameters: Parameters, base: string | undefined): SearchRequest {
  try {
    return parseSearch(type, parameters, base === undefined ? {} : { base });
  } catch (error) {
    throw error instanceof SearchSyntaxError ? refused(error) : error;
  }
}

const refused = ({ parameter, message, fault }: SearchSyntaxError): SalusError => invalid(message, [{ path: parameter, rule: fault, message }]);

/** `who` is the type, or words for several. */
export function unknownParameters(who: string, unknown: readonly string[]): SalusError {
  const problems = unknown.map((name) => ({ path: name.slice(0, 64), rule: 'not-supported', message: `${who} does not have the search parameter “${name.slice(0, 64)}”.` }));
  return invalid(`${who} does not have every search parameter that was given.`, problems);
}
