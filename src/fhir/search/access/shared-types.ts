/**
 * Types that belong to no patient and hold no patient's data, so that a token confined to one patient may see them:
 * who gives care and where, what is prescribed, and definitions. Whatever is not named here stays hidden from such
 * a token unless it lies in the patient's compartment.
 */
export const SHARED_TYPES: ReadonlySet<string> = new Set([
  'Practitioner', 'PractitionerRole', 'Organization', 'OrganizationAffiliation', 'Location', 'HealthcareService', 'Endpoint', 'InsurancePlan',
  'Medication', 'MedicationKnowledge', 'Substance', 'DeviceDefinition', 'CatalogEntry',
  'ActivityDefinition', 'ChargeItemDefinition', 'EventDefinition', 'Library', 'Measure', 'ObservationDefinition', 'PlanDefinition', 'Questionnaire', 'SpecimenDefinition',
  'CapabilityStatement', 'CodeSystem', 'CompartmentDefinition', 'ConceptMap', 'GraphDefinition', 'ImplementationGuide', 'MessageDefinition', 'NamingSystem',
  'OperationDefinition', 'SearchParameter', 'StructureDefinition', 'StructureMap', 'TerminologyCapabilities', 'ValueSet',
]);
