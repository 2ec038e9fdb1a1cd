import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { Clients, ClientStore } from '../auth';
import { invalid } from '../kernel';
import { atSite, inHouse } from './house';
import { print, table } from './output';

interface Options {
  site: string;
  json?: boolean;
}

const withCommon = (command: Command): Command => command.option('--site <key>', 'site', 'default').option('--json', 'print as JSON');

export function clientCommand(): Command {
  const client = new Command('client').description('Applications registered at a site.');
  withCommon(client.command('list').description('List the applications.')).action(list);
  withCommon(client.command('register').description('Register and approve an application from a file of RFC 7591 metadata.').argument('<file>', 'JSON file, - for standard input')).action(register);
  withCommon(client.command('approve').description('Let an application work.').argument('<client-id>')).action((id: string, options: Options) => set(id, options, true));
  withCommon(client.command('disable').description('Stop an application and end all it was granted.').argument('<client-id>')).action((id: string, options: Options) => set(id, options, false));
  return client;
}

async function list({ site, json }: Options): Promise<void> {
  const clients = await inHouse({ verb: 'client' }, (house) => atSite(house, site, 'client', () => house.app.get(ClientStore).list()));
  const shown = clients.map(({ clientId, name, role, enabled, registeredAt }) => ({ clientId, name, role, enabled, registeredAt: new Date(registeredAt).toISOString() }));
  print(json, shown, () => table([['client id', 'name', 'role', 'state'], ...shown.map((one) => [one.clientId, one.name, one.role, one.enabled ? 'approved' : 'waiting or disabled'])]));
}

/** The secret is shown here and never again. */
async function register(file: string, { site, json }: Options): Promise<void> {
  const metadata = parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  const made = await inHouse({ verb: 'client' }, (house) => atSite(house, site, 'client', () => house.app.get(Clients).register(metadata, true)));
  const shown = { client_id: made.client.clientId, ...(made.secret && { client_secret: made.secret }) };
  print(json, shown, () => table(Object.entries(shown)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('The file is not JSON.');
  }
}

async function set(id: string, { site, json }: Options, enabled: boolean): Promise<void> {
  const known = await inHouse({ verb: 'client' }, (house) => atSite(house, site, 'client', () => (enabled ? house.app.get(Clients).enable(id) : house.app.get(Clients).disable(id))));
  if (!known) throw invalid('There is no such client.');
  print(json, { clientId: id, enabled }, () => `${id} is ${enabled ? 'approved' : 'disabled'}.`);
}
