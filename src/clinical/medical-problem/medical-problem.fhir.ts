import { compact, type FhirResource, type FhirSource, reading } from '#libs/fhir';
import { SYSTEM, usCore } from '#libs/terminology';
import { commonColumns, commonElements, dateElements, givenColumn, type IssueRow, readDate, readStatus, statusElement } from '../issue';
import { clinicalStatusOf, statusColumns } from './medical-problem.status';

const { code, codings, list, referenceId } = reading;

export const PROBLEM_LIST_ITEM = 'problem-list-item';
const ENCOUNTER_DIAGNOSIS = 'encounter-diagnosis';

const DISPLAY: Record<string, string> = { [PROBLEM_LIST_ITEM]: 'Problem List Item', [ENCOUNTER_DIAGNOSIS]: 'Encounter Diagnosis' };
const PROFILE: Record<string, string> = { [PROBLEM_LIST_ITEM]: usCore('condition-problems-health-concerns'), [ENCOUNTER_DIAGNOSIS]: usCore('condition-encounter-diagnosis') };

/** Condition ↔ lists, type medical_problem: problem list items and encounter diagnoses. Health concerns are no problems. */
export const medicalProblemSource: FhirSource<IssueRow> = {
  key: 'medical_problem',
  version: 1,
  types: ['Condition'],
  profiles: { Condition: Object.values(PROFILE) },
  toFhir: (row) => [{ part: '', resource: conditionOf(row) }],
  fromFhir: (resource) => {
    const patient = referenceId(resource.subject, 'Patient');
    const category = categoryOf(resource);
    const verification = code(resource.verificationStatus, SYSTEM.conditionVerification);
    // What was entered in error is history, not a problem of the patient.
    if (patient === null || category === undefined || verification === 'entered-in-error') return undefined;
    return { part: '', columns: { ...columnsOf(resource), patient_uuid: patient, category, verification } };
  },
};

const categoryOf = (resource: FhirResource): string | undefined =>
  list(resource.category).flatMap(codings).find(({ system, code: category }) => system === SYSTEM.conditionCategory && category !== undefined && category in DISPLAY)?.code;

function conditionOf(row: IssueRow): FhirResource {
  const category = row.category ?? PROBLEM_LIST_ITEM;
  const resource = compact({
    resourceType: 'Condition',
    meta: { profile: [PROFILE[category]] },
    clinicalStatus: statusElement(SYSTEM.conditionClinical, clinicalStatusOf(row), row),
    verificationStatus: statusElement(SYSTEM.conditionVerification, row.verification),
    category: [{ coding: [{ system: SYSTEM.conditionCategory, code: category, display: DISPLAY[category] }] }],
    subject: { reference: `Patient/${row.patient_uuid}` },
    ...commonElements(row),
  });
  // Where the columns say nothing of the code it still is an element: an edit then adds to the stored one instead of taking its place.
  return { code: {}, ...resource, ...dateElements(row, 'onset'), ...dateElements(row, 'abatement') } as unknown as FhirResource;
}

function columnsOf(resource: FhirResource): Partial<IssueRow> {
  const { columns, given } = commonColumns(resource);
  const status = readStatus(resource.clinicalStatus, SYSTEM.conditionClinical);
  const [onset, abatement] = [readDate(resource, 'onset'), readDate(resource, 'abatement')];
  return {
    ...columns,
    ...statusColumns(status?.code),
    begdate: onset.date,
    enddate: abatement.date,
    given: givenColumn({ ...given, status, onset: onset.other, abatement: abatement.other }),
  };
}
