import { covers } from './narrow';
import { isFhirScope, parseScope, type ResourceScope } from './scope';

const words = (text: string): string[] => text.trim().split(/\s+/);

/** OpenID Connect, SMART launch and API gates. */
export const WORD_SCOPES = words(`
  openid profile name address given_name family_name nickname phone phone_verified email email_verified offline_access
  api:oemr api:fhir api:port fhirUser online_access launch launch/patient`);

const BULK_SCOPES = words('system/Patient.$export system/Group.$export system/*.$bulkdata-status system/*.$export');

const V1_READ = words(`
  AllergyIntolerance Appointment CarePlan CareTeam Condition Coverage Device DiagnosticReport DocumentReference Binary Encounter Goal
  Group Immunization Location Medication MedicationRequest Observation Organization Patient Person Practitioner PractitionerRole
  Procedure Provenance ValueSet OperationDefinition`);
const V1_WRITE = words('Patient Practitioner Organization');
const V2_READ = words(`
  AllergyIntolerance CarePlan CareTeam Condition Coverage Device DiagnosticReport DocumentReference Encounter Goal Immunization Media
  MedicationDispense MedicationRequest Observation Organization Patient Practitioner PractitionerRole Procedure Provenance
  Questionnaire QuestionnaireResponse RelatedPerson ServiceRequest Specimen`);

const CONDITION_CATEGORY = 'http://terminology.hl7.org/CodeSystem/condition-category';
const OBSERVATION_CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';

/** Sub-choices of a type (US Core, "Scopes"; SMART 2.2 granular scopes), by search on `category`. */
export const GRANULAR: Readonly<Record<string, readonly string[]>> = {
  Condition: [
    'http://hl7.org/fhir/us/core/CodeSystem/condition-category|health-concern',
    `${CONDITION_CATEGORY}|encounter-diagnosis`,
    `${CONDITION_CATEGORY}|problem-list-item`,
  ],
  Observation: [
    'http://hl7.org/fhir/us/core/CodeSystem/us-core-category|sdoh',
    // OpenEMR's spelling of the next line's system; its clients ask for it.
    'http://terminology.hl7.org//CodeSystem-observation-category|social-history',
    `${OBSERVATION_CATEGORY}|social-history`,
    `${OBSERVATION_CATEGORY}|laboratory`,
    `${OBSERVATION_CATEGORY}|survey`,
    `${OBSERVATION_CATEGORY}|vital-signs`,
    `${OBSERVATION_CATEGORY}|procedure`,
  ],
  DocumentReference: ['http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category|clinical-note'],
};

const STANDARD_V1 = words(`
  patient/patient.read patient/appointment.read patient/encounter.read user/allergy.read user/allergy.write user/appointment.read
  user/appointment.write user/dental_issue.read user/dental_issue.write user/document.read user/document.write user/drug.read
  user/employer.read user/encounter.read user/encounter.write user/facility.read user/facility.write user/immunization.read
  user/insurance.read user/insurance.write user/insurance_company.read user/insurance_company.write user/insurance_type.read
  user/list.read user/medical_problem.read user/medical_problem.write user/medication.read user/medication.write user/message.write
  user/patient.read user/patient.write user/practitioner.read user/practitioner.write user/prescription.read user/prescription.write
  user/procedure.read user/product.read user/soap_note.read user/soap_note.write user/surgery.read user/surgery.write
  user/transaction.read user/transaction.write user/user.read user/version.read user/vital.read user/vital.write`);
const STANDARD_V2 = words(`
  user/allergy.cruds user/appointment.cruds user/dental_issue.cruds user/document.crs user/drug.rs user/employer.s user/encounter.crus
  user/facility.crus user/immunization.rs user/insurance.crus user/insurance_company.crus user/insurance_type.s user/list.r
  user/medical_problem.cruds user/medication.cruds user/message.cud user/patient.crus user/practitioner.crus user/prescription.crds
  user/procedure.rs user/product.s user/soap_note.crus user/surgery.cruds user/transaction.cuds user/user.rs user/version.s
  user/vital.crus user/insurance.$swap-insurance patient/patient.s patient/encounter.rs patient/appointment.rs`);

const CONTEXTS = ['patient', 'user', 'system'];
const each = <T>(items: readonly T[], make: (item: T) => readonly string[]): string[] => items.flatMap(make);
const inContexts = (rest: string): string[] => CONTEXTS.map((context) => `${context}/${rest}`);

const GRANULAR_SCOPES = each(Object.entries(GRANULAR), ([type, values]) => each(values, (value) => inContexts(`${type}.rs?category=${value}`)));

/** Every FHIR type is served, so wildcards stand for those not listed one by one. Staff and systems may write; patients read, and subscribe. */
const WILDCARD_SCOPES = words('patient/Subscription.cruds patient/*.rs patient/*.read user/*.rs user/*.read user/*.cruds user/*.write system/*.rs system/*.read system/*.cruds');

/** The strings of `scopes_supported`, in a stable order. */
export const supportedScopes: readonly string[] = [...new Set([
  ...WORD_SCOPES,
  ...BULK_SCOPES,
  ...each(V1_READ, (type) => inContexts(`${type}.read`)),
  ...each(V1_WRITE, (type) => [`user/${type}.write`]),
  ...inContexts('DocumentReference.$docref'),
  ...each(V2_READ, (type) => inContexts(`${type}.rs`)),
  ...each(['Appointment', 'Binary', 'Group', 'Location', 'Medication', 'Person', 'ValueSet'], (type) => inContexts(`${type}.rs`)),
  ...each([...new Set([...V1_READ, ...V2_READ])], (type) => [`user/${type}.cruds`, `system/${type}.cruds`]),
  ...GRANULAR_SCOPES,
  ...WILDCARD_SCOPES,
  ...STANDARD_V1,
  ...STANDARD_V2,
])];

/**
 * May a client ask for this scope here? The letters of all supported scopes on a resource count together, and
 * `.read`/`.write` on a known resource of the standard API always pass, as OpenEMR's clients expect: a route that
 * does not exist grants nothing. `isType` knows the FHIR types: a wildcard must not admit invented ones.
 */
export function isSupportedScope(text: string, isType: (name: string) => boolean): boolean {
  const scope = parseScope(text);
  if (!scope) return false;
  if (scope.kind !== 'resource') return supportedScopes.includes(text);
  if (/^[A-Z]/.test(scope.resource) && !isType(scope.resource)) return false;
  return covers(supportedScopes, text) || (!isFhirScope(scope) && isKnownV1(scope));
}

function isKnownV1({ text, context, resource }: ResourceScope): boolean {
  return /\.(read|write)$/.test(text) && supportedScopes.some((known) => known.startsWith(`${context}/${resource}.`));
}
