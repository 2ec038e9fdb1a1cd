import { schemaDrift, Sites } from '../../src/database';
import { startApp, type TestApp } from '../harness/start-app';

describe('migrations', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  const database = () => app.app.get(Sites).database('default');

  it('leave no drift between the entities and the schema', async () => {
    expect(await schemaDrift((await database()).dataSource)).toEqual([]);
  });

  it('run once', async () => {
    expect(await (await database()).dataSource.runMigrations()).toEqual([]);
  });

  it('can be taken back, each and all, and run again', async () => {
    const { dataSource } = await app.app.get(Sites).database('alternate');
    const count = dataSource.migrations.length;
    for (let left = count; left > 0; left--) await dataSource.undoLastMigration({ transaction: 'each' });
    expect(await dataSource.runMigrations({ transaction: 'each' })).toHaveLength(count);
    expect(await schemaDrift(dataSource)).toEqual([]);
  });
});

describe('drift', () => {
  it('is noticed when a column is missing', async () => {
    const app = await startApp();
    const { dataSource } = await app.app.get(Sites).database('default');
    await dataSource.query('ALTER TABLE audit_event DROP COLUMN address');
    expect(await schemaDrift(dataSource)).not.toEqual([]);
    await app.stop();
  });
});
