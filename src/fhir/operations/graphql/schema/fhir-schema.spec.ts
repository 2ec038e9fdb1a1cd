import { type GraphQLObjectType, validateSchema } from 'graphql';
import { FhirSchema } from './fhir-schema';

describe('the GraphQL schema of R4', () => {
  const schemas = new FhirSchema();
  const fieldsOf = (name: string) => Object.keys((schemas.system().getType(name) as GraphQLObjectType).getFields());

  it('is sound', () => {
    const schema = schemas.system();
    expect(validateSchema(schema)).toEqual([]);
    expect(validateSchema(schemas.instance('Patient'))).toEqual([]);
  });

  it('has the elements of the types, choices by their types, and what qualifies a plain one', () => {
    expect(fieldsOf('Observation')).toEqual(expect.arrayContaining(['resourceType', 'id', 'valueQuantity', 'valueString', '_valueString', 'component', 'contained', 'ProvenanceList']));
    expect(fieldsOf('ObservationComponent')).toContain('referenceRange');
    expect(fieldsOf('Reference')).toEqual(expect.arrayContaining(['reference', 'display', 'resource']));
    expect(fieldsOf('Patient')).toEqual(expect.arrayContaining(['ObservationList', 'ConditionList']));
    expect(fieldsOf('Patient')).not.toContain('MedicationList');
  });

  it('has three entrances for each type that is stored', () => {
    expect(fieldsOf('Query')).toEqual(expect.arrayContaining(['Patient', 'PatientList', 'PatientConnection', 'ValueSetList']));
    expect(fieldsOf('Query')).not.toContain('Parameters');
  });
});
