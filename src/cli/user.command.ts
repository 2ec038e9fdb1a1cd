import { Command } from 'commander';
import type { NewUser, UserOptions } from './user.actions';

const actions = () => import('./user.actions.js');

const withCommon = (command: Command): Command =>
  command.option('--site <key>', 'site', 'default').option('--portal', 'a patient’s portal account instead of staff').option('--json', 'print as JSON');

export function userCommand(): Command {
  const user = new Command('user').description('People who sign in: staff, and patients with portal access.');
  withCommon(user.command('list').description('List the accounts.')).action(async (options: UserOptions) => (await actions()).listUsers(options));
  addCommand(user);
  withCommon(user.command('password').description('Set a password, read from standard input unless given, and end all sessions.').argument('<username>'))
    .option('--password <text>', 'password (visible to others on this machine; better through standard input)')
    .action(async (name: string, options: UserOptions & { password?: string }) => (await actions()).setPassword(name, options));
  withCommon(user.command('disable').description('Stop an account and end all its tokens.').argument('<username>'))
    .action(async (name: string, options: UserOptions) => (await actions()).enableUser(name, options, false));
  withCommon(user.command('enable').description('Let an account sign in again.').argument('<username>'))
    .action(async (name: string, options: UserOptions) => (await actions()).enableUser(name, options, true));
  return user;
}

function addCommand(user: Command): void {
  withCommon(user.command('add').description('Add an account. The password is read from standard input unless given.').argument('<username>'))
    .option('--group <name>', 'role of staff: a group of the access control list', 'Clinicians')
    .option('--given <name>', 'given name', '')
    .option('--family <name>', 'family name', '')
    .option('--npi <number>', 'provider number; with one the person is a Practitioner, else a Person')
    .option('--email <address>', 'e-mail address; patients sign in with it')
    .option('--patient <id>', 'logical id of the patient, for --portal')
    .option('--password <text>', 'password (visible to others on this machine; better through standard input)')
    .action(async (name: string, options: NewUser) => (await actions()).addUser(name, options));
}
