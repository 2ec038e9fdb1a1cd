import { applyJsonPatch, applyPathPatch, type FhirResource, JsonSyntaxError, parseJson, PatchError, readJsonPatch, readPathPatch } from '#libs/fhir';
import { invalid, SalusError, unprocessable } from '../../kernel';
import { resourceInput } from '../interactions/resource-input';

export const JSON_PATCH = 'application/json-patch+json';

/** What PATCH takes, as the CapabilityStatement and `Accept-Patch` (RFC 5789 §3.1) say it. */
export const PATCH_FORMATS = [JSON_PATCH, 'application/fhir+json', 'application/fhir+xml'];

/** An edit to be made to a stored resource (R4 §3.1.0.6). */
export interface PatchDocument {
  /** JSON Patch (RFC 6902), or FHIRPath Patch (https://hl7.org/fhir/R4/fhirpatch.html). */
  format: 'json' | 'fhirpath';
  /** As it came: an array of operations, or Parameters. */
  document: unknown;
}

/** Takes `document` for a patch; throws `invalid` where it is none, whatever it would be applied to. */
export function readPatch(format: PatchDocument['format'], document: unknown): PatchDocument {
  const patch = { format, document };
  said(() => (format === 'json' ? readJsonPatch(document) : readPathPatch(document)));
  return patch;
}

/** The patch that the resource of a Bundle entry is: Parameters, or a Binary that holds a JSON Patch (R4 §3.1.0.6.1). */
export function patchInResource(resource: FhirResource): PatchDocument {
  if (resource.resourceType === 'Parameters') return readPatch('fhirpath', resource);
  if (resource.resourceType !== 'Binary') throw invalid(`PATCH takes Parameters, or a Binary that holds a patch of type ${JSON_PATCH}.`);
  if (resource.contentType !== JSON_PATCH) throw invalid(`The contentType of the Binary must be ${JSON_PATCH}.`);
  return readPatch('json', jsonIn(resource));
}

function jsonIn({ data }: FhirResource): unknown {
  try {
    return parseJson(Buffer.from(String(data ?? ''), 'base64').toString());
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw invalid('The data of the Binary is not valid JSON.');
  }
}

/**
 * The resource after the patch, fit to be stored. `stored` is used up. Throws `unprocessable` where the patch does not
 * fit it, `invalid` where the outcome is not valid FHIR; what identifies a resource cannot be patched.
 */
export function applyPatch(patch: PatchDocument, stored: FhirResource): FhirResource {
  const { resourceType, id } = stored;
  const result = said(() => outcomeOf(patch, stored)) as FhirResource | null;
  if (typeof result !== 'object' || result === null || result.resourceType !== resourceType || result.id !== id) {
    throw unprocessable('A patch cannot change resourceType or id.');
  }
  return resourceInput(result, resourceType, id);
}

function outcomeOf({ format, document }: PatchDocument, stored: FhirResource): unknown {
  return format === 'json' ? applyJsonPatch(stored, readJsonPatch(document)) : applyPathPatch(stored, readPathPatch(document));
}

/** What is wrong with a patch, in the house's terms. */
function said<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    const { fault, operation, message } = error;
    const told = operation === undefined ? message : `Operation ${operation + 1} of the patch: ${message}`;
    throw new SalusError(fault === 'document' ? 'invalid' : 'unprocessable', told, [{ rule: fault === 'document' ? 'value' : 'processing', message: told }]);
  }
}
