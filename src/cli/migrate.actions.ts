import { schemaDrift, Sites } from '../database';
import { IndexRebuild } from '../fhir';
import { atSite, type House, inHouse } from './house';
import { Incomplete } from './outcome';
import { print } from './output';
import { Progress } from './progress';

export interface MigrateOptions {
  check?: boolean;
  reindex?: boolean;
  json?: boolean;
}

interface Result {
  site: string;
  migrations: number;
  drift: string[];
  /** Resources whose search index was made anew. */
  reindexed?: number;
}

/** Brings every site up to date. */
export async function runMigrate({ check, reindex, json }: MigrateOptions): Promise<void> {
  const results = await inHouse({ verb: 'migrate' }, async (house) => {
    const all: Result[] = [];
    for (const site of house.config.SITES) all.push({ ...(await migrate(house, site)), ...(reindex && { reindexed: await rebuild(house, site, json) }) });
    return all;
  });
  print(json, results, () => results.map(({ site, migrations, drift, reindexed }) => `${site}: ${migrations} migrations in place${reindexed === undefined ? '' : `, ${reindexed} resources indexed anew`}${drift.length > 0 ? `, drift:\n  ${drift.join('\n  ')}` : ''}`).join('\n'));
  if (check && results.some(({ drift }) => drift.length > 0)) throw new Incomplete('The schema differs from what the code expects.');
}

/** Opening a site's database runs what is pending. */
async function migrate({ app }: House, site: string): Promise<Result> {
  const { dataSource } = await app.get(Sites).database(site);
  return { site, migrations: dataSource.migrations.length, drift: await schemaDrift(dataSource) };
}

async function rebuild(house: House, site: string, json = false): Promise<number> {
  const progress = new Progress(json);
  try {
    return await atSite(house, site, 'migrate', () => house.app.get(IndexRebuild).run((count) => progress.tell({ count, unit: 'resources' })));
  } finally {
    progress.end();
  }
}
