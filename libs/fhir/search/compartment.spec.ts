import { COMPARTMENTS, inCompartment, typesInCompartment } from './compartment';

describe('compartments of R4', () => {
  it('are five', () => expect(COMPARTMENTS).toEqual(['Device', 'Encounter', 'Patient', 'Practitioner', 'RelatedPerson']));

  it('hold what refers to their resource by the parameters that R4 names', () => {
    expect(inCompartment('Encounter', 'e', 'Observation')).toMatchObject({ op: 'test', parameter: { code: 'encounter' }, values: [{ targets: ['Encounter/e'] }] });
    expect(inCompartment('Practitioner', 'p', 'AllergyIntolerance')).toMatchObject({ op: 'or', of: [{ parameter: { code: 'recorder' } }, { parameter: { code: 'asserter' } }] });
  });

  it('hold their own resource by its id', () => {
    expect(JSON.stringify(inCompartment('Encounter', 'e', 'Encounter'))).toContain('"_id"');
    expect(typesInCompartment('Encounter')).toContain('Encounter');
  });

  it.each([['Encounter', 'e', 'Practitioner'], ['Organization', 'o', 'Observation'], ['Encounter', 'e/../x', 'Observation']])('nothing of %s/%s is a %s', (compartment, id, type) => {
    expect(inCompartment(compartment, id, type)).toEqual({ op: 'nothing' });
  });
});
