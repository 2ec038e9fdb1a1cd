import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SqliteSql } from './sqlite-sql';
import { tuneSqlite } from './tune-sqlite';

describe('rows appended in a transaction of their own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'salus-append-'));
  const connection = new Database(join(folder, 'a.sqlite'));
  const sql = new SqliteSql(connection);
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => [from + index, `n${from + index}`]);
  const count = async () => (await sql.rows('SELECT COUNT(*), COUNT(DISTINCT n) FROM t'))[0];

  beforeAll(() => {
    connection.pragma('journal_mode = WAL');
    tuneSqlite(connection);
    connection.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, s TEXT)');
  });
  afterAll(() => {
    connection.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([[0, 1], [1, 33], [33, 97], [97, 200]])('are all there, from %i to %i', async (from, to) => {
    sql.append('t', ['n', 's'], numbers(from, to), from % 2 === 0);
    expect(await count()).toEqual([to, to]);
  });

  it('are there together or not at all, and leave no transaction behind', async () => {
    expect(() => sql.append('t', ['n', 's'], [...numbers(300, 340), [0, 'twice']], false)).toThrow(/UNIQUE/);
    expect([await count(), connection.inTransaction]).toEqual([[200, 200], false]);
  });

  it('leave other transactions as careful as they were', () => {
    expect(connection.pragma('synchronous', { simple: true })).toBe(2);
    sql.sync();
  });
});
