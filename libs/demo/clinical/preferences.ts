import type { Reference } from '#libs/fhir';
import { loinc, snomed } from '../values';
import { during, type Visit } from './encounters';
import { observe, usCoreCategorized } from './observation';

const treatment = [usCoreCategorized('treatment-intervention-preference', 'Treatment Intervention Preference')];
const experience = [usCoreCategorized('care-experience-preference', 'Care Experience Preference')];
const directives = [usCoreCategorized('observation-adi-documentation', 'Observation ADI Documentation')];

/** What the patient wants done, or not done, if it came to it. */
export function recordTreatmentPreference(visit: Visit, wish: string): void {
  const code = loinc(['75773-2', 'Goals, preferences, and priorities for medical treatment [Reported]']);
  observe(visit, { profile: 'us-core-treatment-intervention-preference', category: treatment, code, value: { valueString: wish } });
  observe(visit, {
    profile: 'us-core-treatment-intervention-preference',
    category: treatment,
    code,
    value: { valueCodeableConcept: { text: 'Prefers treatment at home over hospital where both are safe' } },
  });
}

/** How the patient wants to be met while in care. */
export function recordExperiencePreference(visit: Visit, wish: string): void {
  const code = loinc(['95541-9', 'Care experience preference']);
  observe(visit, { profile: 'us-core-care-experience-preference', category: experience, code, value: { valueString: wish } });
  observe(visit, {
    profile: 'us-core-care-experience-preference',
    category: experience,
    code,
    value: { valueCodeableConcept: { text: 'Wants a family member present' } },
  });
}

/** Whether advance directives are on file, with a link to each. */
export function recordDirectives(visit: Visit, documents: readonly Reference[]): void {
  const onFile = documents.length > 0;
  observe(visit, {
    profile: 'us-core-observation-adi-documentation',
    category: directives,
    code: loinc(['45473-6', 'Advance healthcare directive completed']),
    value: { valueCodeableConcept: onFile ? snomed(['373066001', 'Yes']) : snomed(['373067005', 'No']) },
    more: {
      issued: during(visit, 30),
      ...(onFile && {
        extension: documents.map((valueReference) => ({
          url: 'http://hl7.org/fhir/StructureDefinition/workflow-supportingInfo',
          valueReference,
        })),
      }),
    },
  });
}
