import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, loadConfig } from '../config';
import { fillDemo } from './demo/fill-demo';
import { demoTable } from './demo/demo-table';
import { atSite, inHouse } from './house';
import { invalid, SalusError } from '../kernel';
import { print } from './output';

export interface DemoOptions {
  patients: number;
  reset?: boolean;
  serve?: boolean;
  json?: boolean;
}

/** What the demo allows that a real server does not, unless the environment says otherwise. */
const DEMO_SETTINGS = { OAUTH_PASSWORD_GRANT: 'both', CLIENT_APPROVAL: 'auto' };

/** Fills the first site with the demo clinic; with `serve` the server stays up afterwards. */
export async function runDemo({ patients, reset, serve, json }: DemoOptions): Promise<void> {
  const settings = { ...DEMO_SETTINGS, ...set(process.env) };
  const config = loadConfig({ ...process.env, ...settings });
  if (reset) removeData(config);
  const site = config.SITES[0]!;
  const made = await inHouse({ verb: 'demo', settings }, (house) => atSite(house, site, 'demo', () => fillDemo(house, site, patients)));
  if (made.report.refused > 0) throw new SalusError('fault', `The demo clinic could not be loaded whole: ${JSON.stringify(made.report.refusals[0])}`);
  if (serve) await serveDemo(config);
  print(json, made, () => demoTable(config, site, made));
}

const set = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.keys(DEMO_SETTINGS).flatMap((name) => (env[name] ? [[name, env[name]!]] : [])));

/** Only the embedded database is ever removed by a command. */
function removeData(config: Config): void {
  if (!config.DATABASE_URL.startsWith('sqlite:')) throw invalid('--reset removes embedded databases only; drop the schema yourself.');
  const folder = config.DATABASE_URL.slice('sqlite:'.length) || join(config.DATA_DIR, 'sites');
  for (const site of config.SITES) if (existsSync(join(folder, site))) rmSync(join(folder, site), { recursive: true });
}

async function serveDemo(config: Config): Promise<void> {
  const { serve } = await import('../app/serve.js');
  await serve(config);
}
