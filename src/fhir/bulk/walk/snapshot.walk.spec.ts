import Database from 'better-sqlite3';
import { SqliteSql } from '../../../database/sqlite-sql';
import { snapshotWalk } from './snapshot.walk';
import { versionBodies } from './version-bodies';
import { type Audience, INLINE_BYTES, PAGE_ROWS, pages, type WalkScope } from './walk';

const AT = 1_000;

/** A store of hand-made rows: the walk reads these columns alone. */
function store(): { sql: SqliteSql; put(row: Partial<Stored>): void } {
  const database = new Database(':memory:');
  database.exec(`CREATE TABLE fhir_resource (id INTEGER PRIMARY KEY, type, version, deleted, patient, restricted, last_updated, body BLOB);
    CREATE INDEX walk ON fhir_resource (type, id, deleted);
    CREATE TABLE fhir_history (resource, version, operation, patient, restricted, last_updated, body BLOB, PRIMARY KEY (resource, version))`);
  const resource = database.prepare('INSERT INTO fhir_resource VALUES (@id, @type, @version, @deleted, @patient, @restricted, @last_updated, @body)');
  const history = database.prepare('INSERT OR REPLACE INTO fhir_history VALUES (@id, @version, @operation, @patient, @restricted, @last_updated, @body)');
  const put = (row: Partial<Stored>) => {
    const version = row.version ?? 1;
    const full = { type: 'Observation', version, deleted: 0, patient: 0, restricted: 0, last_updated: 1, body: Buffer.from(`${row.id}/${version}`), operation: row.deleted ? 'delete' : 'update', ...row };
    if (full.earlier) history.run({ ...full, version: version - 1, operation: 'update', last_updated: full.earlier, body: Buffer.from(`${row.id}/${version - 1}`) });
    history.run(full);
    resource.run(full);
  };
  return { sql: new SqliteSql(database), put };
}

interface Stored {
  id: number;
  type: string;
  version: number;
  deleted: number;
  patient: number;
  restricted: number;
  last_updated: number;
  body: Buffer;
  /** Stamp of the version before. */
  earlier: number;
}

async function walked(sql: SqliteSql, options: Partial<WalkScope> & { audience?: Audience; from?: number } = {}): Promise<string[]> {
  const scope: WalkScope = { sql, job: 'job', at: AT, seesSensitive: true, ...options };
  const lines: string[] = [];
  const start = options.from === undefined ? undefined : [options.from];
  for await (const page of pages(snapshotWalk(scope, 'Observation', options.audience ?? 'all'), start)) {
    lines.push(...page.bodies.map(String));
    for await (const bodies of versionBodies(sql, page.refs)) lines.push(...bodies.map((body) => body.toString().slice(0, 40)));
  }
  return lines.sort();
}

describe(snapshotWalk.name, () => {
  it.each([
    ['next to each other', (n: number) => n + 1, 5000],
    ['exactly a page of them', (n: number) => n + 1, PAGE_ROWS],
    ['far apart', (n: number) => n * 1_000_003, 300],
    ['dense, then sparse, then dense', (n: number) => (n < 2500 ? n : n < 2600 ? n * 50_000 : 1e9 + n), 5200],
    ['one alone', () => 9e15, 1],
  ])('gives every key once, keys being %s', async (_how, key, count) => {
    const { sql, put } = store();
    for (let n = 0; n < count; n++) put({ id: key(n) });
    for (let n = 0; n < 50; n++) put({ id: 5e8 + n, type: 'Patient' });
    expect(await walked(sql)).toEqual(Array.from({ length: count }, (_, n) => `${key(n)}/1`).sort());
  });

  it('gives nothing of an empty store', async () => expect(await walked(store().sql)).toEqual([]));

  it('continues behind any key', async () => {
    const { sql, put } = store();
    for (let id = 1; id <= 4500; id++) put({ id });
    expect(await walked(sql, { from: 2345 })).toHaveLength(4500 - 2345);
    expect(await walked(sql, { from: 4500 })).toEqual([]);
  });

  it.each<[string, Partial<Stored>, string[]]>([
    ['unchanged', { last_updated: AT }, ['1/1']],
    ['deleted before', { deleted: 1, version: 2, last_updated: AT, earlier: 1 }, []],
    ['created after', { last_updated: AT + 1 }, []],
    ['changed after', { version: 2, last_updated: AT + 1, earlier: AT }, ['1/1']],
    ['deleted after', { version: 2, deleted: 1, last_updated: AT + 1, earlier: AT }, ['1/1']],
    ['created and changed after', { version: 2, last_updated: AT + 2, earlier: AT + 1 }, []],
    ['large', { body: Buffer.from('1/1 '.padEnd(INLINE_BYTES + 1, 'x')) }, ['1/1 '.padEnd(40, 'x')]],
    ['spoken of and not there', { version: 0, deleted: 1, last_updated: 0, body: Buffer.alloc(0) }, []],
  ])('shows a resource as it was at the instant: %s', async (_what, row, expected) => {
    const { sql, put } = store();
    put({ id: 1, ...row });
    expect(await walked(sql)).toEqual(expected);
  });

  it.each<[Audience, string[]]>([
    ['all', ['1/1', '2/1', '3/1', '4/1']],
    ['patients', ['2/1', '3/1', '4/1']],
    ['nobody', ['1/1']],
  ])('keeps to its audience: %s', async (audience, expected) => {
    const { sql, put } = store();
    put({ id: 1, patient: 0 });
    put({ id: 2, patient: 77 });
    put({ id: 3, patient: -1 });
    put({ id: 4, patient: 78, version: 2, last_updated: AT + 1, earlier: AT });
    expect(await walked(sql, { audience })).toEqual(expected);
  });

  it('leaves restricted resources out unless they may be seen', async () => {
    const { sql, put } = store();
    put({ id: 1, restricted: 1 });
    put({ id: 2 });
    put({ id: 3, restricted: 1, version: 2, last_updated: AT + 1, earlier: AT });
    expect(await walked(sql, { seesSensitive: false })).toEqual(['2/1']);
    expect(await walked(sql)).toEqual(['1/1', '2/1', '3/1']);
  });
});
