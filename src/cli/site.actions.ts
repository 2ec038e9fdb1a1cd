import { schemaDrift, Sites } from '../database';
import { type House, inHouse } from './house';
import { Incomplete } from './outcome';
import { print, table } from './output';
import { checkStore } from './store-check';

interface SiteState {
  site: string;
  state: 'ready' | 'drifted' | 'not reachable';
  resources?: number;
}

/** Tells of every configured site how it is. */
export async function listSites({ json }: { json?: boolean }): Promise<void> {
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

/** Looks at one site from the inside; slow on a large one. */
export async function checkSite(key: string, { json }: { json?: boolean }): Promise<void> {
  const result = await inHouse({ verb: 'site' }, async ({ app }) => {
    const { sql, dataSource } = await app.get(Sites).database(key);
    return { drift: (await schemaDrift(dataSource)).length, ...(await checkStore(sql)) };
  });
  const sound = Object.values(result).every((count) => count === 0);
  print(json, { site: key, sound, ...result }, () => table(Object.entries(CHECKS).map(([name, text]) => [result[name as keyof typeof result] === 0 ? 'ok' : 'fail', text, result[name as keyof typeof result]])));
  if (!sound) throw new Incomplete(`Site ${key} is not sound: restore a backup, or run salus migrate where the schema differs.`);
}

const CHECKS = {
  drift: 'differences of the schema',
  withoutHistory: 'current versions that history lacks',
  strayIndexRows: 'index rows of what is not there',
  misfiledIndexRows: 'index rows under another patient',
} as const;

/** The name need not be in SITES yet: creating comes first, naming it follows. */
export async function createSite(key: string, { json }: { json?: boolean }): Promise<void> {
  const named = (process.env.SITES ?? 'default').split(',').map((one) => one.trim());
  const settings = named.includes(key) ? undefined : { SITES: [...named, key].join(',') };
  const state = await inHouse({ verb: 'site', ...(settings && { settings }) }, (house) => stateOf(house, key));
  print(json, state, () => `Site ${key} is ${state.state}.${settings ? ` Add it to SITES to serve it: SITES=${settings.SITES}` : ''}`);
  if (state.state !== 'ready') throw new Incomplete(`Site ${key} is ${state.state}.`);
}
