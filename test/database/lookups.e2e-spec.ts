import { Sites } from '../../src/database';
import { startApp, type TestApp } from '../harness/start-app';

describe('a lookup by nothing', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  const database = () => app.app.get(Sites).database('default');

  it.each([undefined, null])('throws in TypeORM for %s, instead of meaning any row', async (nothing) => {
    const users = (await database()).dataSource.getRepository('users');
    await users.insert({ id: 1, uuid: 'u', fhir_type: 'Person' });
    await expect(users.findOneBy({ uuid: nothing })).rejects.toThrow();
    await users.delete({ id: 1 });
  });

  it('throws in a statement, before any SQL is sent', async () => {
    const { sql } = await database();
    await expect(sql.query('SELECT * FROM users WHERE uuid = ?', [undefined as never])).rejects.toThrow('undefined');
  });
});

describe('a transaction', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  const database = () => app.app.get(Sites).database('default');
  const names = async () => (await (await database()).sql.query<{ name: string }>("SELECT name FROM salus_sequence WHERE name LIKE 'test-%' ORDER BY name")).map((row) => row.name);

  it('leaves nothing behind when it fails', async () => {
    const failing = (await database()).transaction(async (tx) => {
      await tx.insert('salus_sequence', ['name', 'next'], [['test-a', 1]]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await names()).toEqual([]);
  });

  it('is not seen by readers until it commits', async () => {
    await (await database()).transaction(async (tx) => {
      await tx.insert('salus_sequence', ['name', 'next'], [['test-b', 1]]);
      expect(await names()).toEqual([]);
    });
    expect(await names()).toEqual(['test-b']);
  });

  it('hands out each number once, with many at the same time and some that fail', async () => {
    const site = await database();
    const taken: number[] = [];
    await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) =>
        site.transaction(async (tx) => {
          const first = await tx.numbers('test-numbers', 7);
          if (index % 5 === 0) throw new Error('rolled back');
          taken.push(...Array.from({ length: 7 }, (_unused, at) => first + at));
        }),
      ),
    );
    expect(new Set(taken).size).toBe(48 * 7);
  });

  it('numbers people without gaps', async () => {
    const site = await database();
    const numbers = await Promise.all(Array.from({ length: 10 }, () => site.transaction((tx) => tx.take('test-people'))));
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});
