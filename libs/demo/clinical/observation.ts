import type { CodeableConcept, Reference } from '#libs/fhir';
import type { Filed } from '../chart';
import { hl7, systems } from '../codes/systems';
import { practitioner } from '../practice/staff';
import { type Code, coding, concept, loinc, type Quantity } from '../values';
import { during, encounterOf, type Visit } from './encounters';

export type ObservationValue =
  | { valueQuantity: Quantity }
  | { valueCodeableConcept: CodeableConcept }
  | { valueString: string }
  | { valueBoolean: boolean }
  | { dataAbsentReason: CodeableConcept };

export interface Finding {
  profile: string;
  category: readonly CodeableConcept[];
  code: CodeableConcept;
  value?: ObservationValue;
  performer?: readonly Reference[];
  /** Minutes into the visit; ten unless told. */
  at?: number;
  /** Anything else the kind of finding carries. */
  more?: object;
}

/** Files one Observation made in a visit. */
export function observe(visit: Visit, { profile, category, code, value, performer, at = 10, more }: Finding): Filed {
  return visit.chart.addProfiled('Observation', profile, {
    status: 'final',
    category,
    code,
    subject: visit.chart.patient,
    encounter: encounterOf(visit),
    effectiveDateTime: during(visit, at),
    performer: performer ?? [practitioner(visit.clinician)],
    ...value,
    ...more,
  });
}

const categoryNames = {
  'vital-signs': 'Vital Signs',
  laboratory: 'Laboratory',
  'social-history': 'Social History',
  survey: 'Survey',
  imaging: 'Imaging',
  procedure: 'Procedure',
  exam: 'Exam',
  activity: 'Activity',
} as const;

/** A category of HL7's own list. */
export function categorized(code: keyof typeof categoryNames): CodeableConcept {
  return concept(hl7('observation-category'), [code, categoryNames[code]]);
}

/** A category US Core added to that list. */
export function usCoreCategorized(...category: Code): CodeableConcept {
  return concept(systems.usCoreCategory, category);
}

/** One LOINC concept; further codings say the same thing in other words. */
export function measure(code: Code, text: string, ...same: Code[]): CodeableConcept {
  const named = loinc(code, text);
  return { ...named, coding: [...(named.coding ?? []), ...same.map((other) => coding(systems.loinc, other))] };
}
