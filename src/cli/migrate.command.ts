import { Command } from 'commander';
import { schemaDrift, Sites } from '../database';
import { SourceRenewal } from '../fhir';
import { atSite, type House, inHouse } from './house';
import { Incomplete } from './outcome';
import { print } from './output';

interface Options {
  check?: boolean;
  render?: boolean;
  json?: boolean;
}

interface Result {
  site: string;
  migrations: number;
  drift: string[];
  rendered: number;
}

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('Bring the database of every site up to date.')
    .option('--check', 'also fail where the schema differs from what the code expects')
    .option('--no-render', 'leave stored resources of older mapping versions as they are')
    .option('--json', 'print as JSON')
    .action(run);
}

async function run({ check, render, json }: Options): Promise<void> {
  const results = await inHouse({ verb: 'migrate' }, async (house) => {
    const all: Result[] = [];
    for (const site of house.config.SITES) all.push(await migrate(house, site, render !== false));
    return all;
  });
  print(json, results, () => results.map(({ site, migrations, rendered, drift }) => `${site}: ${migrations} migrations in place, ${rendered} resources rendered anew${drift.length > 0 ? `, drift:\n  ${drift.join('\n  ')}` : ''}`).join('\n'));
  if (check && results.some(({ drift }) => drift.length > 0)) throw new Incomplete('The schema differs from what the code expects.');
}

/** Opening a site's database runs what is pending. */
async function migrate(house: House, site: string, render: boolean): Promise<Result> {
  const { dataSource } = await house.app.get(Sites).database(site);
  const rendered = render ? await atSite(house, site, 'migrate', () => house.app.get(SourceRenewal).renew()) : 0;
  return { site, migrations: dataSource.migrations.length, drift: await schemaDrift(dataSource), rendered };
}
