import { ACL_GROUPS, type Account, type AccountKind, Accounts, isAclGroup } from '../auth';
import { PatientService } from '../clinical/patient';
import { invalid } from '../kernel';
import { PractitionerRepository } from '../practice/practitioner';
import { atSite, type House, inHouse } from './house';
import { print, table } from './output';
import { readSecret } from './secret';

export interface UserOptions {
  site: string;
  json?: boolean;
  portal?: boolean;
}

export interface NewUser extends UserOptions {
  group: string;
  given: string;
  family: string;
  npi?: string;
  email?: string;
  patient?: string;
  password?: string;
}

const kindOf = ({ portal }: UserOptions): AccountKind => (portal ? 'patient' : 'users');

const within = <T>(site: string, work: (house: House) => Promise<T>): Promise<T> => inHouse({ verb: 'user' }, (house) => atSite(house, site, 'user', () => work(house)));

export async function listUsers(options: UserOptions): Promise<void> {
  const accounts = await within(options.site, ({ app }) => app.get(Accounts).list(kindOf(options)));
  const shown = accounts.map(({ username, displayName, group, enabled, fhirUser }) => ({ username, displayName, group, enabled, fhirUser }));
  print(options.json, shown, () => table([['user name', 'name', 'group', 'state', 'is'], ...shown.map((one) => [one.username, one.displayName, one.group, one.enabled ? 'enabled' : 'disabled', one.fhirUser])]));
}

/** Adds a member of staff, or portal access of a patient. */
export async function addUser(username: string, options: NewUser): Promise<void> {
  if (!options.portal && !isAclGroup(options.group)) throw invalid(`--group is one of ${ACL_GROUPS.join(', ')}.`);
  const password = options.password ?? (await readSecret('Password'));
  const account = await within(options.site, (house) => (options.portal ? addPatient(house, username, password, options) : addStaff(house, username, password, options)));
  print(options.json, { username, fhirUser: account.fhirUser }, () => `${username} may sign in as ${account.fhirUser}.`);
}

/** Staff are a row of the practice first, so that what they chart names them. */
async function addStaff({ app }: House, username: string, password: string, { group, given, family, npi, email }: Omit<NewUser, keyof UserOptions>): Promise<Account> {
  if (await app.get(Accounts).byUsername('users', username)) throw invalid(`The user name ${username} is taken.`);
  const row = await app.get(PractitionerRepository).store.create({
    username, fname: given || username, lname: family || username, npi: npi ?? null, email: email ?? null, abook_type: null, fhir_type: npi ? 'Practitioner' : 'Person',
  });
  const displayName = [given, family].filter(Boolean).join(' ') || username;
  return app.get(Accounts).create({ kind: 'users', username, password, displayName, given, family, group, fhirUser: `${row.fhir_type}/${row.uuid}`, ...(email && { email }) });
}

async function addPatient({ app }: House, username: string, password: string, { patient, email }: NewUser): Promise<Account> {
  if (!patient || !email) throw invalid('A portal account needs --patient and --email.');
  const { uuid } = await app.get(PatientService).byUuid(patient);
  return app.get(Accounts).create({ kind: 'patient', username, password, displayName: username, email, patient: uuid, fhirUser: `Patient/${uuid}` });
}

export async function setPassword(username: string, options: UserOptions & { password?: string }): Promise<void> {
  const password = options.password ?? (await readSecret('New password'));
  await withAccount(username, options, ({ app }, account) => app.get(Accounts).setPassword(account.kind, account.id, password));
  print(options.json, { username }, () => `The password of ${username} is set; earlier sessions have ended.`);
}

export async function enableUser(username: string, options: UserOptions, enabled: boolean): Promise<void> {
  await withAccount(username, options, ({ app }, { kind, id }) => (enabled ? app.get(Accounts).enable(kind, id) : app.get(Accounts).disable(kind, id)));
  print(options.json, { username, enabled }, () => `${username} is ${enabled ? 'enabled' : 'disabled'}.`);
}

function withAccount(username: string, options: UserOptions, work: (house: House, account: Account) => Promise<unknown>): Promise<unknown> {
  return within(options.site, async (house) => {
    const account = await house.app.get(Accounts).byUsername(kindOf(options), username);
    if (!account) throw invalid(`There is no account ${username}.`);
    return work(house, account);
  });
}
