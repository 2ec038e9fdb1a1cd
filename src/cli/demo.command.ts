import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { type Config, loadConfig } from '../config';
import { fillDemo } from './demo/fill-demo';
import { demoTable } from './demo/demo-table';
import { atSite, inHouse } from './house';
import { invalid, SalusError } from '../kernel';
import { print } from './output';

interface Options {
  patients: number;
  reset?: boolean;
  serve?: boolean;
  json?: boolean;
}

/** What the demo allows that a real server does not, unless the environment says otherwise. */
const DEMO_SETTINGS = { OAUTH_PASSWORD_GRANT: 'both', CLIENT_APPROVAL: 'auto' };

export function demoCommand(): Command {
  return new Command('demo')
    .description('Fill the first site with the demo clinic and its logins. What is there already is kept.')
    .option('--patients <n>', 'how many patients', count, 25)
    .option('--reset', 'start over: removes the data of the embedded database')
    .option('--serve', 'serve it afterwards')
    .option('--json', 'print what was made as JSON')
    .action(run);
}

function count(text: string): number {
  if (!/^\d{1,6}$/.test(text) || text === '0') throw new InvalidArgumentError('Give a number of patients from 1 to 999999.');
  return Number(text);
}

async function run({ patients, reset, serve, json }: Options): Promise<void> {
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
