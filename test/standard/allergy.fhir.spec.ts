import { type FhirResource, mergeChanges } from '#libs/fhir';
import { SYSTEM } from '#libs/terminology';
import { allergySource } from '../../src/clinical/allergy/allergy.fhir';
import type { IssueRow } from '../../src/clinical/issue';
import { beyond, render, rowOf, samplesOf, withSamples } from './issue.samples';

const clinical = (code: string) => ({ coding: [{ system: SYSTEM.allergyClinical, code }] });

const PENICILLIN: FhirResource = {
  resourceType: 'AllergyIntolerance',
  id: 'a1',
  clinicalStatus: { coding: [{ system: SYSTEM.allergyClinical, code: 'active', display: 'Active' }], text: 'still' },
  verificationStatus: { coding: [{ system: SYSTEM.allergyVerification, code: 'confirmed' }] },
  type: 'allergy',
  category: ['medication', 'food'],
  criticality: 'high',
  code: { coding: [{ system: SYSTEM.rxnorm, code: '7980', display: 'penicillin G' }], text: 'Penicillin' },
  patient: { reference: 'Patient/p1' },
  onsetDateTime: '2001-04-05T06:07:08+02:00',
  recordedDate: '2002',
  recorder: { reference: 'Practitioner/d1' },
  lastOccurrence: '2003',
  note: [{ time: '2004', text: 'carries a card' }],
  reaction: [
    { substance: { text: 'amoxicillin' }, manifestation: [{ coding: [{ system: SYSTEM.snomed, code: '247472004', display: 'Hives' }], text: 'wheals' }, { text: 'dizzy' }], severity: 'severe' },
    { manifestation: [{ coding: [{ system: SYSTEM.snomed, code: '422587007' }] }] },
  ],
};

const row = (resource: FhirResource): IssueRow => rowOf(allergySource, resource)!;

/** The stored resource after the row has been edited through the standard API. */
function edited(stored: FhirResource, columns: Partial<IssueRow>): FhirResource {
  const before = row(stored);
  return mergeChanges(render(allergySource, before), render(allergySource, { ...before, ...columns }), stored) as FhirResource;
}

describe('an AllergyIntolerance as a row of lists', () => {
  it('fills the columns its elements stand for', () => {
    expect(row(PENICILLIN)).toMatchObject({
      title: 'Penicillin', diagnosis: 'RXNORM:7980', begdate: '2001-04-05 04:07:08', date: '2002', activity: 1, outcome: 0, verification: 'confirmed', severity_al: 'severe', category: 'medication,food',
      reaction: 'hives', reaction_codes: 'SNOMED-CT:247472004;SNOMED-CT:422587007', comments: 'carries a card', patient_uuid: 'p1', recorder_uuid: 'd1',
    });
  });

  it.each([
    ['what was entered in error', { verificationStatus: { coding: [{ system: SYSTEM.allergyVerification, code: 'entered-in-error' }] } }],
    ['nobody on record', { patient: { display: 'someone' } }],
  ])('has no place for %s', (_, elements) => {
    expect(allergySource.fromFhir({ ...PENICILLIN, ...elements } as FhirResource)).toBeUndefined();
  });

  it.each(['active', 'inactive', 'resolved'])('says %s again where it was said', (status) => {
    expect(render(allergySource, row({ ...PENICILLIN, clinicalStatus: clinical(status) })).clinicalStatus).toEqual(clinical(status));
  });

  it.each([['mild', 'low'], ['moderate', 'low'], ['moderate_to_severe', 'high'], ['fatal', 'high'], ['unassigned', 'unable-to-assess']])('with severity %s has criticality %s', (severity_al, criticality) => {
    expect(render(allergySource, { ...row(PENICILLIN), severity_al }).criticality).toBe(criticality);
  });

  it('says nothing its resource does not', () => {
    const { meta: _, ...rendered } = render(allergySource, row(PENICILLIN));
    expect(beyond(rendered, PENICILLIN)).toEqual([]);
  });
});

describe('editing a row changes the element of the column', () => {
  it('title: the text of the code', () => {
    expect(edited(PENICILLIN, { title: 'x' })).toEqual({ ...PENICILLIN, code: { ...(PENICILLIN.code as object), text: 'x' } });
  });

  it('diagnosis: the codings', () => {
    expect(edited(PENICILLIN, { diagnosis: 'RXNORM:723' })).toEqual({ ...PENICILLIN, code: { coding: [{ system: SYSTEM.rxnorm, code: '723' }], text: 'Penicillin' } });
  });

  it('begdate: the onset; emptied, it goes', () => {
    const { onsetDateTime: _, ...rest } = PENICILLIN;
    expect(edited(PENICILLIN, { begdate: '2001' })).toEqual({ ...PENICILLIN, onsetDateTime: '2001' });
    expect(edited(PENICILLIN, { begdate: null })).toEqual(rest);
  });

  it('enddate: the status with its words, there being no end of an allergy in FHIR', () => {
    expect(edited(PENICILLIN, { enddate: '2024-01-01', activity: 0 })).toEqual({ ...PENICILLIN, clinicalStatus: clinical('inactive') });
  });

  it('comments: the note', () => {
    expect(edited(PENICILLIN, { comments: 'lost the card' })).toEqual({ ...PENICILLIN, note: [{ text: 'lost the card' }] });
  });
});

describe('over the sample data', () => {
  withSamples('the rendering of a row says nothing that its AllergyIntolerance does not', () => {
    const all = samplesOf('AllergyIntolerance');
    expect(all.length).toBeGreaterThanOrEqual(40);
    for (const allergy of all) {
      const { meta: _, ...rendered } = render(allergySource, row(allergy));
      expect([allergy.id, beyond(rendered, allergy)]).toEqual([allergy.id, []]);
    }
  });

  withSamples('an edit keeps everything but what it edits', () => {
    for (const allergy of samplesOf('AllergyIntolerance')) {
      expect(edited(allergy, { title: 'x' })).toEqual({ ...allergy, code: { ...(allergy.code as object), text: 'x' } });
      expect(edited(allergy, { begdate: '2001-02-03' })).toEqual({ ...allergy, onsetDateTime: '2001-02-03' });
      expect(edited(allergy, { comments: 'seen' })).toEqual({ ...allergy, note: [{ text: 'seen' }] });
    }
  });
});
