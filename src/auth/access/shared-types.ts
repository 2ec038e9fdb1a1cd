/**
 * Types outside every patient's compartment that a patient's record refers to: whoever may read the record with
 * `patient/` scopes may read these, where the scopes name them (SMART App Launch 2.2; (g)(10) list of such types).
 */
export const SHARED_TYPES: readonly string[] = [
  'Endpoint', 'HealthcareService', 'Location', 'Medication', 'OperationDefinition', 'Organization', 'Practitioner', 'PractitionerRole', 'Questionnaire',
];
