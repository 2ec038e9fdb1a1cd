import { readFileSync } from 'node:fs';
import { Clients, ClientStore } from '../auth';
import { invalid } from '../kernel';
import { atSite, inHouse } from './house';
import { print, table } from './output';

export interface ClientOptions {
  site: string;
  json?: boolean;
}

export async function listClients({ site, json }: ClientOptions): Promise<void> {
  const clients = await inHouse({ verb: 'client' }, (house) => atSite(house, site, 'client', () => house.app.get(ClientStore).list()));
  const shown = clients.map(({ clientId, name, role, enabled, registeredAt }) => ({ clientId, name, role, enabled, registeredAt: new Date(registeredAt).toISOString() }));
  print(json, shown, () => table([['client id', 'name', 'role', 'state'], ...shown.map((one) => [one.clientId, one.name, one.role, one.enabled ? 'approved' : 'waiting or disabled'])]));
}

/** The secret is shown here and never again. */
export async function registerClient(file: string, { site, json }: ClientOptions): Promise<void> {
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

/** Approves a client, or ends all it was granted. */
export async function setClient(id: string, { site, json }: ClientOptions, enabled: boolean): Promise<void> {
  const known = await inHouse({ verb: 'client' }, (house) => atSite(house, site, 'client', () => (enabled ? house.app.get(Clients).enable(id) : house.app.get(Clients).disable(id))));
  if (!known) throw invalid('There is no such client.');
  print(json, { clientId: id, enabled }, () => `${id} is ${enabled ? 'approved' : 'disabled'}.`);
}
