import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { ACL_GROUPS, type Account, type AccountKind, Accounts } from '../auth';
import { PatientService } from '../clinical/patient';
import { invalid } from '../kernel';
import { PractitionerRepository } from '../practice/practitioner';
import { atSite, type House, inHouse } from './house';
import { print, table } from './output';

interface Common {
  site: string;
  json?: boolean;
  portal?: boolean;
}

interface NewUser extends Common {
  group: string;
  given: string;
  family: string;
  npi?: string;
  email?: string;
  patient?: string;
  password?: string;
}

const withCommon = (command: Command): Command =>
  command.option('--site <key>', 'site', 'default').option('--portal', 'a patient’s portal account instead of staff').option('--json', 'print as JSON');

export function userCommand(): Command {
  const user = new Command('user').description('People who sign in: staff, and patients with portal access.');
  withCommon(user.command('list').description('List the accounts.')).action(list);
  withCommon(user.command('add').description('Add an account. The password is read from standard input unless given.').argument('<username>'))
    .addOption(new Option('--group <name>', 'role of staff').choices(ACL_GROUPS).default('Clinicians'))
    .option('--given <name>', 'given name', '')
    .option('--family <name>', 'family name', '')
    .option('--npi <number>', 'provider number; with one the person is a Practitioner, else a Person')
    .option('--email <address>', 'e-mail address; patients sign in with it')
    .option('--patient <id>', 'logical id of the patient, for --portal')
    .option('--password <text>', 'password (visible to others on this machine; better through standard input)')
    .action(add);
  withCommon(user.command('password').description('Set a password, read from standard input unless given, and end all sessions.').argument('<username>'))
    .option('--password <text>', 'password')
    .action(setPassword);
  withCommon(user.command('disable').description('Stop an account and end all its tokens.').argument('<username>')).action((name: string, options: Common) => enable(name, options, false));
  withCommon(user.command('enable').description('Let an account sign in again.').argument('<username>')).action((name: string, options: Common) => enable(name, options, true));
  return user;
}

const kindOf = ({ portal }: Common): AccountKind => (portal ? 'patient' : 'users');

const within = <T>(site: string, work: (house: House) => Promise<T>): Promise<T> => inHouse({ verb: 'user' }, (house) => atSite(house, site, 'user', () => work(house)));

async function list(options: Common): Promise<void> {
  const accounts = await within(options.site, ({ app }) => app.get(Accounts).list(kindOf(options)));
  const shown = accounts.map(({ username, displayName, group, enabled, fhirUser }) => ({ username, displayName, group, enabled, fhirUser }));
  print(options.json, shown, () => table([['user name', 'name', 'group', 'state', 'is'], ...shown.map((one) => [one.username, one.displayName, one.group, one.enabled ? 'enabled' : 'disabled', one.fhirUser])]));
}

async function add(username: string, options: NewUser): Promise<void> {
  const password = options.password ?? fromInput();
  const account = await within(options.site, (house) => (options.portal ? addPatient(house, username, password, options) : addStaff(house, username, password, options)));
  print(options.json, { username, fhirUser: account.fhirUser }, () => `${username} may sign in as ${account.fhirUser}.`);
}

const fromInput = (): string => readFileSync(0, 'utf8').replace(/\r?\n$/, '');

/** Staff are a row of the practice first, so that what they chart names them. */
export async function addStaff({ app }: House, username: string, password: string, { group, given, family, npi, email }: Omit<NewUser, keyof Common>): Promise<Account> {
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

async function setPassword(username: string, options: Common & { password?: string }): Promise<void> {
  const password = options.password ?? fromInput();
  await withAccount(username, options, ({ app }, account) => app.get(Accounts).setPassword(account.kind, account.id, password));
  print(options.json, { username }, () => `The password of ${username} is set; earlier sessions have ended.`);
}

async function enable(username: string, options: Common, enabled: boolean): Promise<void> {
  await withAccount(username, options, ({ app }, { kind, id }) => (enabled ? app.get(Accounts).enable(kind, id) : app.get(Accounts).disable(kind, id)));
  print(options.json, { username, enabled }, () => `${username} is ${enabled ? 'enabled' : 'disabled'}.`);
}

function withAccount(username: string, options: Common, work: (house: House, account: Account) => Promise<unknown>): Promise<unknown> {
  return within(options.site, async (house) => {
    const account = await house.app.get(Accounts).byUsername(kindOf(options), username);
    if (!account) throw invalid(`There is no account ${username}.`);
    return work(house, account);
  });
}
