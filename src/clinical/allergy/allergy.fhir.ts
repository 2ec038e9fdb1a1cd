import { compact, type FhirResource, type FhirSource, reading } from '#libs/fhir';
import { criticalityOf, severityOf, SYSTEM, usCore } from '#libs/terminology';
import { commonColumns, commonElements, dateElements, givenColumn, type IssueRow, readDate, readStatus, statusElement } from '../issue';
import { reactionsOf, readReactions } from './allergy.reactions';
import { clinicalStatusOf, statusColumns } from './allergy.status';

const { code, referenceId } = reading;

/** AllergyIntolerance ↔ lists, type allergy. */
export const allergySource: FhirSource<IssueRow> = {
  key: 'allergy',
  version: 1,
  types: ['AllergyIntolerance'],
  profiles: { AllergyIntolerance: [usCore('allergyintolerance')] },
  toFhir: (row) => [{ part: '', resource: allergyOf(row) }],
  fromFhir: (resource) => {
    const patient = referenceId(resource.patient, 'Patient');
    const verification = code(resource.verificationStatus, SYSTEM.allergyVerification);
    // What was entered in error is history, not an allergy of the patient.
    if (patient === null || verification === 'entered-in-error') return undefined;
    return { part: '', columns: { ...columnsOf(resource), patient_uuid: patient, verification } };
  },
};

function allergyOf(row: IssueRow): FhirResource {
  const resource = compact({
    resourceType: 'AllergyIntolerance',
    meta: { profile: [usCore('allergyintolerance')] },
    clinicalStatus: statusElement(SYSTEM.allergyClinical, clinicalStatusOf(row), row),
    verificationStatus: statusElement(SYSTEM.allergyVerification, row.verification),
    category: row.category?.split(','),
    criticality: criticalityOf(row.severity_al),
    patient: { reference: `Patient/${row.patient_uuid}` },
    ...commonElements(row),
    reaction: reactionsOf(row),
  });
  // Where the columns say nothing of the code it still is an element: an edit then adds to the stored one instead of taking its place.
  return { code: {}, ...resource, ...dateElements(row, 'onset') } as unknown as FhirResource;
}

function columnsOf(resource: FhirResource): Partial<IssueRow> {
  const common = commonColumns(resource);
  const reactions = readReactions(resource);
  const status = readStatus(resource.clinicalStatus, SYSTEM.allergyClinical);
  const onset = readDate(resource, 'onset');
  return {
    ...common.columns,
    ...reactions.columns,
    ...statusColumns(status?.code),
    category: Array.isArray(resource.category) ? [...new Set(resource.category as string[])].join(',') : null,
    severity_al: severityOf(resource.criticality),
    begdate: onset.date,
    given: givenColumn({ ...common.given, ...reactions.given, codings: { ...reactions.given.codings, ...common.given.codings }, status, onset: onset.other }),
  };
}
