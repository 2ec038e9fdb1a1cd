import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schema } from '../../src/app/schema';
import { loadConfig } from '../../src/config';
import { schemaDrift, Sites } from '../../src/database';
import { dropDatabases, services } from '../harness/start-app';

describe('processes that start at the same moment on an empty database', () => {
  it('all come up, and the schema is whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'salus-test-'));
    const config = loadConfig({ DATA_DIR: folder, ...services() });
    const houses = [new Sites(config, schema), new Sites(config, schema), new Sites(config, schema)];
    const databases = await Promise.all(houses.map((sites) => sites.database('default')));
    expect(await schemaDrift(databases[2]!.dataSource)).toEqual([]);
    await Promise.all(houses.map((sites) => sites.onModuleDestroy()));
    await dropDatabases(config);
    rmSync(folder, { recursive: true });
  });
});
