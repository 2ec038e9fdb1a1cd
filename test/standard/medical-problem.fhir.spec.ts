import { type FhirResource, mergeChanges } from '#libs/fhir';
import { SYSTEM } from '#libs/terminology';
import type { IssueRow } from '../../src/clinical/issue';
import { medicalProblemSource } from '../../src/clinical/medical-problem/medical-problem.fhir';
import { beyond, render, rowOf, samplesOf, withSamples } from './issue.samples';

const category = (code: string, system: string = SYSTEM.conditionCategory) => [{ coding: [{ system, code }] }];
const clinical = (code: string, more: object = {}) => ({ coding: [{ system: SYSTEM.conditionClinical, code, ...more }] });

const ASTHMA: FhirResource = {
  resourceType: 'Condition',
  id: 'c1',
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/condition-assertedDate', valueDateTime: '2020' }],
  clinicalStatus: { ...clinical('active', { display: 'Active' }), text: 'Active' },
  verificationStatus: { coding: [{ system: SYSTEM.conditionVerification, code: 'confirmed' }] },
  category: category('problem-list-item'),
  severity: { text: 'mild' },
  code: {
    coding: [
      { system: SYSTEM.snomed, version: '2024', code: '195967001', display: 'Asthma (disorder)' },
      { system: SYSTEM.icd10, code: 'J45.9', display: 'Asthma, unspecified' },
      { system: 'urn:local', code: 'A1' },
    ],
    text: 'Asthma',
  },
  subject: { reference: 'Patient/p1', display: 'Phil' },
  encounter: { reference: 'Encounter/e1' },
  onsetDateTime: '2019-05',
  recordedDate: '2020-03-01T10:00:00.123+02:00',
  recorder: { reference: 'Practitioner/d1', display: 'Dr D' },
  note: [{ authorString: 'D', text: 'worse in spring' }, { text: 'uses an inhaler' }],
};

const row = (resource: FhirResource): IssueRow => rowOf(medicalProblemSource, resource)!;

/** The stored resource after the row has been edited through the standard API. */
function edited(stored: FhirResource, columns: Partial<IssueRow>): FhirResource {
  const before = row(stored);
  return mergeChanges(render(medicalProblemSource, before), render(medicalProblemSource, { ...before, ...columns }), stored) as FhirResource;
}

describe('a Condition as a row of lists', () => {
  it('fills the columns its elements stand for', () => {
    expect(row(ASTHMA)).toMatchObject({
      title: 'Asthma', diagnosis: 'SNOMED-CT:195967001;ICD10:J45.9', begdate: '2019-05', enddate: null, date: '2020-03-01 08:00:00', activity: 1, verification: 'confirmed',
      comments: 'worse in spring\n---\nuses an inhaler', patient_uuid: 'p1', encounter_uuid: 'e1', recorder_uuid: 'd1', category: 'problem-list-item',
    });
  });

  it.each([
    ['a health concern', { category: category('health-concern', 'http://hl7.org/fhir/us/core/CodeSystem/condition-category') }],
    ['no category', { category: undefined }],
    ['what was entered in error', { verificationStatus: { coding: [{ system: SYSTEM.conditionVerification, code: 'entered-in-error' }] } }],
    ['nobody on record', { subject: { display: 'someone' } }],
  ])('has no place for %s', (_, elements) => {
    expect(medicalProblemSource.fromFhir({ ...ASTHMA, ...elements } as FhirResource)).toBeUndefined();
  });

  it.each(['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'])('says %s again where it was said', (status) => {
    expect(render(medicalProblemSource, row({ ...ASTHMA, clinicalStatus: clinical(status) })).clinicalStatus).toEqual(clinical(status));
  });

  it('does not make up a status that nobody gave', () => {
    const { clinicalStatus: _, ...silent } = ASTHMA;
    expect(render(medicalProblemSource, row(silent as FhirResource)).clinicalStatus).toBeUndefined();
  });

  it('is inactive with an end date, resolved with that outcome, and recurs by its occurrence', () => {
    const by = (columns: Partial<IssueRow>) => render(medicalProblemSource, { ...row(ASTHMA), ...columns, given: null }).clinicalStatus;
    expect(by({ enddate: '2024-01-01' })).toEqual(clinical('inactive'));
    expect(by({ enddate: '2024-01-01', outcome: 1 })).toEqual(clinical('resolved'));
    expect(by({ occurrence: 7 })).toEqual(clinical('recurrence'));
  });
});

describe('editing a row changes the element of the column', () => {
  it('title: the text of the code', () => {
    expect(edited(ASTHMA, { title: 'x' })).toEqual({ ...ASTHMA, code: { ...(ASTHMA.code as object), text: 'x' } });
  });

  it('title: gives a code without text one', () => {
    const stored = { ...ASTHMA, code: { coding: [{ system: 'urn:local', code: 'A1', display: 'Airways' }] } };
    expect(row(stored).title).toBe('Airways');
    expect(edited(stored, { begdate: '2019-06-01' })).toEqual({ ...stored, onsetDateTime: '2019-06-01' });
    expect(edited(stored, { title: 'x' })).toEqual({ ...stored, code: { ...stored.code, text: 'x' } });
  });

  it('diagnosis: the codings it names, in whatever system they were, and none of the others', () => {
    const [snomed, , local] = (ASTHMA.code as { coding: object[] }).coding;
    const code = edited(ASTHMA, { diagnosis: 'SNOMED-CT:195967001;ICD10:J45.20' }).code;
    expect(code).toEqual({ coding: [snomed, { system: SYSTEM.icd10cm, code: 'J45.20' }, local], text: 'Asthma' });
    expect(edited(ASTHMA, { diagnosis: null }).code).toEqual({ coding: [local], text: 'Asthma' });
  });

  it('begdate: the onset, to the precision that is given', () => {
    expect(edited(ASTHMA, { begdate: '2019-05-07' })).toEqual({ ...ASTHMA, onsetDateTime: '2019-05-07' });
    expect(edited(ASTHMA, { begdate: null })).toEqual({ ...ASTHMA, onsetDateTime: undefined });
  });

  it.each([
    ['an age', { onsetAge: { value: 12, unit: 'a', system: 'http://unitsofmeasure.org', code: 'a' } }, null],
    ['a text', { onsetString: 'childhood' }, null],
    ['a period', { onsetPeriod: { start: '2001', end: '2003' } }, '2001'],
    ['a reason for its absence', { _onsetDateTime: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] } }, null],
  ])('begdate: takes the place of %s, which stays as long as it is not edited', (_, onset, begdate) => {
    const { onsetDateTime: _date, ...rest } = ASTHMA;
    const stored = { ...rest, ...onset } as FhirResource;
    expect(row(stored).begdate).toBe(begdate);
    expect(edited(stored, { title: 'x' })).toEqual({ ...stored, code: { ...(ASTHMA.code as object), text: 'x' } });
    expect(edited(stored, { begdate: '2019-05-07' })).toEqual({ ...rest, onsetDateTime: '2019-05-07' });
  });

  it('enddate: the abatement, and the status with its words', () => {
    expect(edited(ASTHMA, { enddate: '2024-01-01', activity: 0 })).toEqual({ ...ASTHMA, abatementDateTime: '2024-01-01', clinicalStatus: clinical('inactive') });
  });

  it('comments: the note whose words they were', () => {
    const kept = (ASTHMA.note as object[])[0];
    expect(edited(ASTHMA, { comments: 'worse in spring\n---\nno inhaler any more' }).note).toEqual([kept, { text: 'no inhaler any more' }]);
  });
});

describe('over the sample data', () => {
  withSamples('the rendering of a row says nothing that its Condition does not', () => {
    const placed = samplesOf('Condition').filter((condition) => row(condition));
    expect(placed.length).toBeGreaterThan(190);
    for (const condition of placed) {
      const { meta: _, ...rendered } = render(medicalProblemSource, row(condition));
      expect([condition.id, beyond(rendered, condition)]).toEqual([condition.id, []]);
    }
  });

  withSamples('an edit keeps everything but what it edits', () => {
    for (const condition of samplesOf('Condition').filter((one) => row(one))) {
      expect(edited(condition, { title: 'x' })).toEqual({ ...condition, code: { ...(condition.code as object), text: 'x' } });
      expect(edited(condition, { begdate: '2001-02-03' })).toEqual({ ...condition, onsetDateTime: '2001-02-03' });
      const { clinicalStatus, abatementDateTime, ...kept } = edited(condition, { enddate: '2022-02-03' });
      expect({ ...condition, clinicalStatus, abatementDateTime }).toEqual({ ...kept, clinicalStatus, abatementDateTime: '2022-02-03' });
    }
  });
});
