import { schemaDrift, Sites } from '../database';
import { type House, inHouse } from './house';
import { Incomplete } from './outcome';
import { print } from './output';

export interface MigrateOptions {
  check?: boolean;
  json?: boolean;
}

interface Result {
  site: string;
  migrations: number;
  drift: string[];
}

/** Brings every site up to date. */
export async function runMigrate({ check, json }: MigrateOptions): Promise<void> {
  const results = await inHouse({ verb: 'migrate' }, async (house) => {
    const all: Result[] = [];
    for (const site of house.config.SITES) all.push(await migrate(house, site));
    return all;
  });
  print(json, results, () => results.map(({ site, migrations, drift }) => `${site}: ${migrations} migrations in place${drift.length > 0 ? `, drift:\n  ${drift.join('\n  ')}` : ''}`).join('\n'));
  if (check && results.some(({ drift }) => drift.length > 0)) throw new Incomplete('The schema differs from what the code expects.');
}

/** Opening a site's database runs what is pending. */
async function migrate({ app }: House, site: string): Promise<Result> {
  const { dataSource } = await app.get(Sites).database(site);
  return { site, migrations: dataSource.migrations.length, drift: await schemaDrift(dataSource) };
}
