import type { Verb } from '../../kernel';
import { type AclPermission, aclAllows, isAclGroup } from './groups';

/** The access control object a verb needs; `staff`: any member of staff. */
interface FhirAcl {
  read: string;
  write: string;
}

const words = (text: string): string[] => text.trim().split(/\s+/);
const each = (types: string, acl: FhirAcl): [string, FhirAcl][] => words(types).map((type) => [type, acl]);

/**
 * OpenEMR's objects by type. It guards several clinical types (Encounter reads, DiagnosticReport, DocumentReference,
 * Goal, Device, Specimen, Provenance …) by admin/super, so that only administrators can read a whole chart; here those
 * are open to whoever may see the clinical record, since reading the chart is what a physician signs in for.
 */
const ACL: ReadonlyMap<string, FhirAcl> = new Map([
  ...each('Patient RelatedPerson Coverage', { read: 'patients/demo', write: 'patients/demo' }),
  ...each('Appointment AppointmentResponse Schedule Slot', { read: 'patients/appt', write: 'patients/appt' }),
  ...each('Encounter', { read: 'encounters/auth_a', write: 'encounters/auth_a' }),
  ...each('Practitioner PractitionerRole Organization OrganizationAffiliation Location HealthcareService Endpoint', { read: 'staff', write: 'admin/users' }),
  ...each('Medication MedicationKnowledge Substance', { read: 'staff', write: 'admin/drugs' }),
  ...each('Person Group', { read: 'admin/users', write: 'admin/users' }),
  ...each(
    `Account ChargeItem Claim ClaimResponse CoverageEligibilityRequest CoverageEligibilityResponse EnrollmentRequest EnrollmentResponse
     ExplanationOfBenefit Invoice PaymentNotice PaymentReconciliation Contract InsurancePlan`,
    { read: 'acct/bill', write: 'acct/bill' },
  ),
  ...each(
    `ActivityDefinition CapabilityStatement CodeSystem CompartmentDefinition ConceptMap EventDefinition GraphDefinition ImplementationGuide
     Library Measure MessageDefinition NamingSystem OperationDefinition PlanDefinition Questionnaire SearchParameter
     StructureDefinition StructureMap TerminologyCapabilities TestScript ValueSet`,
    { read: 'staff', write: 'admin/super' },
  ),
  ...each('AuditEvent Subscription Linkage', { read: 'admin/super', write: 'admin/super' }),
]);

/** Whatever is not named above may hold clinical facts. */
const CLINICAL: FhirAcl = { read: 'patients/med', write: 'patients/med' };

const WRITES: Record<Exclude<Verb, 'r' | 's'>, readonly AclPermission[]> = { c: ['write', 'addonly'], u: ['write'], d: ['write'] };

/** May members of `group` use `verb` on resources of this type? Scopes come on top. */
export function aclAllowsFhir(group: string | undefined, type: string, verb: Verb): boolean {
  const acl = ACL.get(type) ?? CLINICAL;
  if (verb !== 'r' && verb !== 's') return aclAllows(group, acl.write, WRITES[verb]);
  return acl.read === 'staff' ? isAclGroup(group ?? '') : aclAllows(group, acl.read);
}
