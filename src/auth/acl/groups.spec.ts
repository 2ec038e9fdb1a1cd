import { aclAllowsFhir } from './fhir-acl';
import { ACL_GROUPS, aclAllows } from './groups';

describe('aclAllows', () => {
  it.each<[string, string, string[] | undefined, boolean]>([
    ['Administrators', 'admin/users', ['write'], true],
    ['Emergency Login', 'admin/super', undefined, true],
    ['Physicians', 'patients/med', ['write'], true],
    ['Physicians', 'patients/pat_rep', undefined, true],
    ['Physicians', 'patients/pat_rep', ['write'], false],
    ['Physicians', 'admin/users', undefined, false],
    ['Clinicians', 'patients/demo', ['write'], false],
    ['Clinicians', 'patients/demo', ['write', 'addonly'], true],
    ['Clinicians', 'encounters/auth_a', undefined, false],
    ['Front Office', 'patients/demo', ['write'], true],
    ['Front Office', 'patients/med', undefined, false],
    ['Accounting', 'acct/bill', undefined, true],
    ['Accounting', 'patients/med', undefined, false],
    ['Nobody', 'patients/demo', undefined, false],
  ])('%s, %s %s: %s', (group, object, permissions, allowed) => expect(aclAllows(group, object, permissions as never)).toBe(allowed));

  it('lets only administrators at users, so at /api/user, practitioner, facility and list', () => {
    expect(ACL_GROUPS.filter((group) => aclAllows(group, 'admin/users'))).toEqual(['Administrators', 'Emergency Login']);
  });

  it('gives nobody anything without a group', () => expect(aclAllows(undefined, 'patients/demo')).toBe(false));
});

describe('aclAllowsFhir', () => {
  const verbsOf = (group: string, type: string) => (['c', 'r', 'u', 'd', 's'] as const).filter((verb) => aclAllowsFhir(group, type, verb)).join('');

  it.each([
    ['Physicians', 'Observation', 'cruds'],
    ['Physicians', 'Encounter', 'cruds'],
    ['Physicians', 'DiagnosticReport', 'cruds'],
    ['Physicians', 'Practitioner', 'rs'],
    ['Physicians', 'AuditEvent', ''],
    ['Physicians', 'ValueSet', 'rs'],
    ['Clinicians', 'Patient', 'crs'],
    ['Clinicians', 'Observation', 'cruds'],
    ['Front Office', 'Patient', 'cruds'],
    ['Front Office', 'Appointment', 'cruds'],
    ['Front Office', 'Observation', ''],
    ['Front Office', 'DocumentReference', ''],
    ['Front Office', 'Task', ''],
    ['Front Office', 'Organization', 'rs'],
    ['Accounting', 'Claim', 'cruds'],
    ['Accounting', 'Condition', ''],
    ['Administrators', 'AuditEvent', 'cruds'],
    ['Nobody', 'Patient', ''],
  ])('%s may %s: “%s”', (group, type, verbs) => expect(verbsOf(group, type)).toBe(verbs));

  it.each([undefined, 'Nobody'])('keeps even reference data from group %s', (group) => expect(aclAllowsFhir(group, 'Organization', 'r')).toBe(false));
});
