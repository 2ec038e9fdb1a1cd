import { Command } from 'commander';
import { schemaDrift, Sites } from '../database';
import { type House, inHouse } from './house';
import { Incomplete } from './outcome';
import { print, table } from './output';

interface SiteState {
  site: string;
  state: 'ready' | 'drifted' | 'not reachable';
  resources?: number;
}

export function siteCommand(): Command {
  const site = new Command('site').description('Clinics of this server, each with its own database. SITES names them.');
  site.command('list').description('List the sites and how they are.').option('--json', 'print as JSON').action(list);
  site
    .command('create')
    .description('Create the database of a site that SITES names, and bring it up to date.')
    .argument('<key>', 'site key: lower-case letters, digits and -')
    .option('--json', 'print as JSON')
    .action(create);
  return site;
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const states = await inHouse({ verb: 'site' }, (house) => Promise.all(house.config.SITES.map((site) => stateOf(house, site))));
  print(json, states, () => table([['site', 'state', 'resources'], ...states.map(({ site, state, resources }) => [site, state, resources])]));
  if (states.some(({ state }) => state !== 'ready')) throw new Incomplete('Not every site is ready.');
}

async function stateOf({ app }: House, site: string): Promise<SiteState> {
  try {
    const database = await app.get(Sites).database(site);
    const [row] = await database.sql.query<{ n: number }>('SELECT COUNT(*) AS n FROM fhir_resource WHERE deleted = 0');
    const drift = await schemaDrift(database.dataSource);
    return { site, state: drift.length === 0 ? 'ready' : 'drifted', resources: Number(row!.n) };
  } catch {
    return { site, state: 'not reachable' };
  }
}

/** The name need not be in SITES yet: creating comes first, naming it follows. */
async function create(key: string, { json }: { json?: boolean }): Promise<void> {
  const named = (process.env.SITES ?? 'default').split(',').map((one) => one.trim());
  const settings = named.includes(key) ? undefined : { SITES: [...named, key].join(',') };
  const state = await inHouse({ verb: 'site', ...(settings && { settings }) }, (house) => stateOf(house, key));
  print(json, state, () => `Site ${key} is ${state.state}.${settings ? ` Add it to SITES to serve it: SITES=${settings.SITES}` : ''}`);
  if (state.state !== 'ready') throw new Incomplete(`Site ${key} is ${state.state}.`);
}
