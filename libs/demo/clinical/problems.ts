import type { CodeableConcept, Reference } from '#libs/fhir';
import { type IsoDate, instantAt } from '../calendar';
import type { Chart, Filed } from '../chart';
import { type ProblemName, problems } from '../codes/problems';
import { hl7, systems } from '../codes/systems';
import { practitioner } from '../practice/staff';
import { coding, concept, refer } from '../values';
import { during, encounterOf, nameDiagnosis, type Visit } from './encounters';
import { usCoreCategorized } from './observation';

const assertedOn = (date: string) => ({ url: 'http://hl7.org/fhir/StructureDefinition/condition-assertedDate', valueDateTime: date });

export function codeOf(name: ProblemName): CodeableConcept {
  const { snomed, icd10 } = problems[name];
  return { coding: [coding(systems.snomed, snomed), coding(systems.icd10, icd10)], text: snomed[1] };
}

/** Files the diagnosis a visit ended with, and ties it to the Encounter; what passes has an end. */
export function diagnose(visit: Visit, name: ProblemName, end?: IsoDate): Reference {
  const recorded = during(visit, 20);
  const abated = end && end <= visit.chart.until ? end : undefined;
  const condition = visit.chart.addProfiled('Condition', 'us-core-condition-encounter-diagnosis', {
    extension: [assertedOn(recorded)],
    clinicalStatus: abated ? status('resolved', 'Resolved') : status('active', 'Active'),
    verificationStatus: concept(hl7('condition-ver-status'), ['confirmed', 'Confirmed']),
    category: [concept(hl7('condition-category'), ['encounter-diagnosis', 'Encounter Diagnosis'])],
    code: codeOf(name),
    subject: visit.chart.patient,
    encounter: encounterOf(visit),
    onsetDateTime: visit.on,
    abatementDateTime: abated,
    recordedDate: recorded,
    recorder: practitioner(visit.clinician),
  });
  const reference = refer(condition, problems[name].snomed[1]);
  nameDiagnosis(visit, reference, visit.chart.problems.get(name));
  return reference;
}

export interface ProblemListing {
  onset: IsoDate;
  abated?: IsoDate;
  /** Social risks are health concerns rather than problems, and carry their own category. */
  social?: boolean;
  /** Where it was found. */
  visit?: Visit;
}

/** Puts a problem on the list; with an end that has come it is a resolved one. */
export function listProblem(chart: Chart, name: ProblemName, { onset, social, visit, ...listing }: ProblemListing): Reference {
  const abated = listing.abated && listing.abated <= chart.until ? listing.abated : undefined;
  const noted = instantAt(onset, 600);
  const condition: Filed = chart.addProfiled('Condition', 'us-core-condition-problems-health-concerns', {
    extension: [assertedOn(noted)],
    clinicalStatus: abated ? status('resolved', 'Resolved') : status('active', 'Active'),
    verificationStatus: concept(hl7('condition-ver-status'), ['confirmed', 'Confirmed']),
    category: social ? [healthConcern, usCoreCategorized('sdoh', 'SDOH')] : [problemListItem],
    code: codeOf(name),
    subject: chart.patient,
    encounter: visit && encounterOf(visit),
    onsetDateTime: onset,
    abatementDateTime: abated,
    recordedDate: noted,
    recorder: practitioner(chart.doctor),
  });
  const reference = refer(condition, problems[name].snomed[1]);
  chart.problems.set(name, reference);
  return reference;
}

const problemListItem = concept(hl7('condition-category'), ['problem-list-item', 'Problem List Item']);
const healthConcern = concept(systems.healthConcern, ['health-concern', 'Health Concern']);
const status = (code: string, display: string) => concept(hl7('condition-clinical'), [code, display]);
