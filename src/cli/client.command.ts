import { Command } from 'commander';
import type { ClientOptions } from './client.actions';

const actions = () => import('./client.actions.js');

const withCommon = (command: Command): Command => command.option('--site <key>', 'site', 'default').option('--json', 'print as JSON');

export function clientCommand(): Command {
  const client = new Command('client').description('Applications registered at a site.');
  withCommon(client.command('list').description('List the applications.')).action(async (options: ClientOptions) => (await actions()).listClients(options));
  withCommon(client.command('register').description('Register and approve an application from a file of RFC 7591 metadata.').argument('<file>', 'JSON file, - for standard input'))
    .action(async (file: string, options: ClientOptions) => (await actions()).registerClient(file, options));
  withCommon(client.command('approve').description('Let an application work.').argument('<client-id>'))
    .action(async (id: string, options: ClientOptions) => (await actions()).setClient(id, options, true));
  withCommon(client.command('disable').description('Stop an application and end all it was granted.').argument('<client-id>'))
    .action(async (id: string, options: ClientOptions) => (await actions()).setClient(id, options, false));
  return client;
}
