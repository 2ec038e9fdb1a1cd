/**
 * Measures Salus in relation to what its own stack can do at best; see README.md.
 * Usage: npm run bench, DB=mysql npm run bench; `-- routes` measures that part alone, with `-- --strict` a missed goal is an error.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { BenchApp } from './bench-app';
import { startFloor } from './floor/floor-app';
import { measureExport } from './measures/export';
import { importSites, measureImport } from './measures/import';
import { type Measure, meets } from './measures/measure';
import { measureRoutes } from './measures/routes';
import { measureValidation } from './measures/validation';
import { clinic, load, multiply } from './population';
import { tableOf } from './report';
import { staffToken } from './sign-in';
import { type BenchSettings, benchSettings } from './settings';

// Compiled it stands in dist/bench; the results belong beside the source.
const RESULTS = join(__dirname, '..', '..', 'bench', 'results.json');

const say = (text: string): void => void process.stderr.write(`bench: ${text}\n`);

async function populate(app: BenchApp, { patients, growth }: BenchSettings): Promise<number> {
  say(`a clinic of ${patients} patients, and the same ${growth} times over`);
  const bundles = clinic(patients);
  const resources = await load(app, 'small', bundles);
  await load(app, 'large', bundles);
  await multiply(await app.database('small'), await app.database('large'), growth);
  return resources;
}

async function routes(app: BenchApp, settings: BenchSettings): Promise<Measure[]> {
  const tokens = { small: await staffToken(app, 'small'), large: await staffToken(app, 'large') };
  const floor = await startFloor(app.config, 'large', tokens.large);
  try {
    return await measureRoutes({ app, floor, tokens }, settings);
  } finally {
    await floor.stop();
  }
}

type Part = (app: BenchApp, settings: BenchSettings) => Promise<Measure[]>;

const PARTS: Record<string, Part> = {
  validation: async (_app, settings) => [await measureValidation(settings)],
  routes,
  import: async (app) => [await measureImport(app)],
  export: async (app, settings) => [await measureExport(app, 'large', settings)],
};

async function measureAll(settings: BenchSettings, parts: readonly string[]): Promise<{ resources: number; measures: Measure[] }> {
  const app = await BenchApp.start(settings, ['small', 'large', ...importSites]);
  try {
    const resources = await populate(app, settings);
    const measures: Measure[] = [];
    for (const part of parts) {
      say(part);
      measures.push(...(await PARTS[part]!(app, settings)));
    }
    return { resources, measures };
  } finally {
    await app.stop();
  }
}

/** The parts named on the command line; all of them where none is. */
function wantedParts(words: readonly string[]): string[] {
  const unknown = words.filter((word) => !(word in PARTS));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: there are ${Object.keys(PARTS).join(', ')} and --strict.`);
  return words.length > 0 ? [...words] : Object.keys(PARTS);
}

async function main(): Promise<void> {
  const settings = benchSettings();
  const started = Date.now();
  const parts = wantedParts(process.argv.slice(2).filter((word) => word !== '--strict'));
  const { resources, measures } = await measureAll(settings, parts);
  const machine = { node: process.version, cpus: cpus().length, cpu: cpus()[0]!.model.trim() };
  const seconds = Math.round((Date.now() - started) / 1000);
  writeFileSync(RESULTS, `${JSON.stringify({ settings, machine, resources: { small: resources, large: resources * settings.growth }, seconds, measures }, null, 2)}\n`);
  process.stdout.write(`\n${tableOf(measures)}\n\n${settings.database}, ${resources} and ${resources * settings.growth} resources, ${seconds} s\n`);
  if (process.argv.includes('--strict') && !measures.every(meets)) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 2;
});
