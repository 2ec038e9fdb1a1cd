import { isJsonObject } from './element-check';
import { codesBySystem } from './required-codes';
import type { ValidationTrail } from './validation-trail';

/**
 * Checks a CodeableConcept whose value set is required: among its codings one must be of the value set.
 * A concept of text alone passes, since a chart that was kept on paper has nothing better.
 */
export function checkConceptBinding(concept: unknown, valueSet: string, trail: ValidationTrail): void {
  const codings = isJsonObject(concept) ? concept.coding : undefined;
  if (!Array.isArray(codings) || codings.length === 0) return;
  const systems = codesBySystem(valueSet);
  const holds = codings.some((coding) => {
    return isJsonObject(coding) && systems.get(String(coding.system))?.has(String(coding.code));
  });
  if (!holds) trail.report('code-invalid', 'Expected a coding of the required value set.');
}
