import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SqliteProcess } from './sqlite-process';

const ENDLESS = 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1e12) SELECT COUNT(*) FROM c';

describe(SqliteProcess, () => {
  const folder = mkdtempSync(join(tmpdir(), 'salus-process-'));
  const file = join(folder, 'a.sqlite');
  let apart: SqliteProcess;

  beforeAll(() => {
    new Database(file).exec("CREATE TABLE t (n INTEGER, b BLOB); INSERT INTO t VALUES (1, x'00ff'), (2, NULL)").close();
    apart = new SqliteProcess(file, 2000);
  });

  afterAll(() => {
    apart.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives rows as they are, bytes included', async () => {
    expect(await apart.rows('SELECT n, b FROM t WHERE n >= ? ORDER BY n', [1])).toEqual([[1, Buffer.from([0, 255])], [2, null]]);
    expect(await apart.query('SELECT n FROM t WHERE n = ?', [2])).toEqual([{ n: 2 }]);
  });

  it('says what is wrong with a statement, and goes on', async () => {
    await expect(apart.rows('SELECT missing FROM t')).rejects.toThrow(/no such column/);
    await expect(apart.rows('INSERT INTO t VALUES (3, NULL)')).rejects.toThrow();
    expect(await apart.rows('SELECT COUNT(*) FROM t')).toEqual([[2]]);
  });

  it('stops what takes too long, while this process goes on', async () => {
    const begin = performance.now();
    let turns = 0;
    const heartbeat = setInterval(() => void turns++, 20);
    await expect(apart.rows(ENDLESS)).rejects.toMatchObject({ status: 503, problems: [{ rule: 'too-costly' }] });
    clearInterval(heartbeat);
    expect(performance.now() - begin).toBeLessThan(6000);
    expect(turns).toBeGreaterThan(20);
    expect(await apart.rows('SELECT COUNT(*) FROM t')).toEqual([[2]]);
  });

  it('keeps others waiting no longer than that', async () => {
    const all = await Promise.allSettled([apart.rows(ENDLESS), apart.rows(ENDLESS), apart.rows('SELECT COUNT(*) FROM t')]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });
});
