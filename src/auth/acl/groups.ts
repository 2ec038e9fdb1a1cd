/** What a permission lets its holder do with an access control object. Any of them lets them look. */
export type AclPermission = 'view' | 'write' | 'addonly' | 'wsome';

/** `section/value` → permission. */
type AclGrants = ReadonlyMap<string, AclPermission>;

/** `section: value value …`, one section a line, all with the same permission. */
function objects(permission: AclPermission, table: string): [string, AclPermission][] {
  return table.trim().split('\n').flatMap((line) => {
    const [section, values] = line.split(':') as [string, string];
    return values.trim().split(/\s+/).map((value): [string, AclPermission] => [`${section.trim()}/${value}`, permission]);
  });
}

const everything = objects('write', `
  acct: bill disc eob rep rep_a
  admin: acl batchcom calendar database drugs forms language manage_modules menu practice super superbill users
  encounters: auth auth_a coding coding_a date_a notes notes_a relaxed
  inventory: adjustments consumption destruction lots purchases reporting sales transfers
  lists: country default ethrace language state
  patients: alert amendment appt demo disclosure docs docs_rm lab med notes pat_rep reminder rx sign trans
  sensitivities: high normal
  nationnotes: nn_configure
  patientportal: portal
  menus: modle
  groups: gadd gcalendar gdlog glog gm`);

const physicians = [
  ...objects('write', `
    acct: disc rep
    admin: drugs
    encounters: auth auth_a coding coding_a date_a notes notes_a relaxed
    patients: alert amendment appt demo disclosure docs lab med notes reminder rx sign trans
    sensitivities: high normal
    groups: gcalendar glog`),
  ...objects('view', 'patients: pat_rep'),
];

const clinicians = [
  ...objects('write', `
    admin: drugs
    encounters: auth coding notes
    patients: appt med
    groups: gcalendar glog`),
  ...objects('addonly', `
    encounters: relaxed
    patients: alert amendment demo disclosure docs lab notes reminder rx trans
    sensitivities: normal`),
  ...objects('view', 'patients: pat_rep'),
];

const frontOffice = [
  ...objects('write', `
    patients: appt demo
    groups: gcalendar`),
  ...objects('view', 'patients: alert'),
];

const accounting = [
  ...objects('write', `
    acct: bill disc eob rep rep_a
    admin: practice superbill
    encounters: auth_a coding_a date_a
    patients: appt demo`),
  ...objects('view', 'patients: alert'),
];

/** OpenEMR's default groups. */
const GROUPS: ReadonlyMap<string, AclGrants> = new Map([
  ['Administrators', new Map(everything)],
  ['Emergency Login', new Map(everything)],
  ['Physicians', new Map(physicians)],
  ['Clinicians', new Map(clinicians)],
  ['Front Office', new Map(frontOffice)],
  ['Accounting', new Map(accounting)],
]);

export const ACL_GROUPS: readonly string[] = [...GROUPS.keys()];

export const isAclGroup = (name: string): boolean => GROUPS.has(name);

/**
 * May members of `group` use the object, with one of `permissions` where these are given? `admin/super` may
 * everything; an unknown group nothing.
 */
export function aclAllows(group: string | undefined, object: string, permissions: readonly AclPermission[] = []): boolean {
  const grants = GROUPS.get(group ?? '');
  if (!grants) return false;
  if (grants.has('admin/super')) return true;
  const held = grants.get(object);
  return held !== undefined && (permissions.length === 0 || permissions.includes(held));
}
