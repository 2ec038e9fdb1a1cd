const expression = { language: 'text/fhirpath', expression: 'true' };
const reference = { reference: 'Basic/1' };
const text = { text: 'text' };

/**
 * What the rules between elements (invariants) want beyond cardinality, by type: members to add or change; undefined: to leave out.
 * Applied to every object of the type that a sample holds.
 */
export const AMENDMENTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Age: { value: 1, system: 'http://unitsofmeasure.org', code: 'a' },
  AllergyIntolerance: { clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] } },
  Appointment: { cancelationReason: undefined },
  'Appointment.participant': { actor: { reference: 'Patient/1' } },
  AppointmentResponse: { actor: { reference: 'Patient/1' } },
  Bundle: { type: 'collection', total: undefined },
  'Bundle.entry': { fullUrl: 'http://example.org/a', resource: { resourceType: 'Basic', code: text } },
  CapabilityStatement: { kind: 'requirements', description: 'text', rest: [{ mode: 'server' }], software: undefined, implementation: undefined, messaging: undefined },
  'Composition.section': { title: 'text', text: { status: 'empty', div: '<div xmlns="http://www.w3.org/1999/xhtml">text</div>' } },
  Condition: { clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'resolved' }] } },
  Consent: { policyRule: text },
  Expression: expression,
  FamilyMemberHistory: { bornPeriod: undefined },
  'Goal.target': { measure: text },
  'ImmunizationRecommendation.recommendation': { vaccineCode: [text] },
  InsurancePlan: { name: 'text' },
  Linkage: { item: [{ type: 'source', resource: reference }, { type: 'alternate', resource: reference }] },
  List: { emptyReason: undefined },
  'MedicationAdministration.dosage': { dose: { value: 1 } },
  'MessageDefinition.focus': { max: '*' },
  'MolecularSequence.referenceSeq': { genomeBuild: undefined, referenceSeqString: 'ACGT' },
  Observation: { dataAbsentReason: undefined },
  'OperationDefinition.parameter': { type: 'string' },
  Organization: { name: 'text' },
  'Organization.address': { use: 'work' },
  'Parameters.parameter': { valueString: 'text' },
  'Patient.contact': { name: text },
  'Questionnaire.item': { type: 'string' },
  Ratio: { numerator: { value: 1 }, denominator: { value: 2 } },
  'RequestGroup.action': { resource: reference },
  SearchParameter: { chain: undefined },
  StructureDefinition: { type: 'Basic', contextInvariant: undefined, snapshot: undefined, differential: { element: [{ id: 'Basic', path: 'Basic' }] } },
  'StructureDefinition.mapping': { identity: 'a', name: 'text' },
  Subscription: { status: 'off', criteria: 'Observation?code=x', end: undefined, error: undefined },
  'Subscription.channel': { endpoint: 'https://example.org/hook', payload: 'application/fhir+json', header: undefined },
  TerminologyCapabilities: { kind: 'requirements', description: 'text', software: undefined, implementation: undefined },
  TriggerDefinition: { type: 'named-event', name: 'text' },
};
