import { randomUUID } from 'node:crypto';
import { MysqlSql } from '../../src/database/mysql-sql';
import { SqliteSql } from '../../src/database/sqlite-sql';
import { contextOrNone } from '../../src/kernel';
import type { TestAnswer } from '../harness/start-app';
import { MRN, observation, patient, WritingClient } from './writes.fixture';

/** Of the transaction itself, and of what is counted elsewhere. */
const BOOKKEEPING = /salus_sequence|oauth_/;

/** No write may cost more statements than stand here, whatever the size of what it writes. */
describe('SQL statements of FHIR writes', () => {
  let client: WritingClient;
  beforeAll(async () => {
    client = await WritingClient.open();
    await client.stored(patient());
  });
  afterAll(() => client.stop());

  const statements = async (work: () => Promise<TestAnswer>): Promise<string[]> => {
    const seen: string[] = [];
    const restore = [SqliteSql, MysqlSql].flatMap(({ prototype }) => (['query', 'rows', 'run', 'insert'] as const).map((name) => {
      const original = prototype[name] as (this: unknown, first: string, ...rest: never[]) => unknown;
      prototype[name] = function noted(this: unknown, first: string, ...rest: never[]) {
        const nothing = name === 'insert' && (rest as unknown[][])[1]?.length === 0;
        if (contextOrNone()?.http && !nothing) seen.push(name === 'insert' ? `INSERT INTO ${first}` : first);
        return original.call(this, first, ...rest);
      } as never;
      return () => {
        prototype[name] = original as never;
      };
    }));
    const answer = await work();
    for (const undo of restore) undo();
    if (answer.status >= 300) throw new Error(`${answer.status}: ${answer.text}`);
    return seen.filter((text) => !BOOKKEEPING.test(text));
  };
  const transaction = (entries: unknown[]) => client.call('POST', '', { resourceType: 'Bundle', type: 'transaction', entry: entries });
  const by = (mrn: string) => `Patient?identifier=${MRN}|${mrn}`;
  /** A type that no domain keeps a table of: what the engine itself costs. */
  const group = (more: Record<string, unknown> = {}) => ({ resourceType: 'Group', type: 'person', actual: true, ...more });
  const mrn = (value: string) => ({ identifier: [{ system: MRN, value }] });

  it.each<[string, () => Promise<() => Promise<TestAnswer>>, number]>([
    ['create', async () => () => client.call('POST', 'Group', group(mrn('s-0'))), 5],
    ['conditional create', async () => () => client.call('POST', 'Group', group(mrn('s-1')), { 'if-none-exist': `identifier=${MRN}|s-1` }), 7],
    ['update', async () => {
      const { id } = await client.stored(group());
      return () => client.call('PUT', `Group/${id}`, group({ id, active: true }));
    }, 5],
    ['update that changes nothing', async () => {
      const { id } = await client.stored(group());
      return () => client.call('PUT', `Group/${id}`, group({ id }));
    }, 2],
    ['update as create', async () => () => client.call('PUT', 'Group/statements', group({ id: 'statements' })), 5],
    ['conditional update', async () => {
      await client.stored(group(mrn('s-2')));
      return () => client.call('PUT', `Group?identifier=${MRN}|s-2`, group({ ...mrn('s-2'), active: true }));
    }, 7],
    ['patch', async () => {
      const { id } = await client.stored(group());
      return () => client.patch(`Group/${id}`, [{ op: 'add', path: '/active', value: true }]);
    }, 5],
    ['conditional patch', async () => {
      await client.stored(group(mrn('s-3')));
      return () => client.patch(`Group?identifier=${MRN}|s-3`, [{ op: 'add', path: '/active', value: true }]);
    }, 7],
    ['delete', async () => {
      const { id } = await client.stored(group());
      return () => client.call('DELETE', `Group/${id}`);
    }, 6],
    ['conditional delete', async () => {
      await client.stored(group(mrn('s-4')));
      return () => client.call('DELETE', `Group?identifier=${MRN}|s-4`);
    }, 9],
    ['conditional delete of nothing', async () => () => client.call('DELETE', by('nobody')), 2],
  ])('%s', async (_what, prepare, most) => {
    const found = await statements(await prepare());
    expect(found.length > most ? found : []).toEqual([]);
  });

  it('of a transaction of creations do not grow with its entries', async () => {
    const entries = (count: number) => Array.from({ length: count }, (_, index) => ({ resource: observation('Patient/x'), request: { method: 'POST', url: 'Observation', ifNoneExist: `identifier=${MRN}|st-${count}-${index}` } }));
    const [few, many] = [await statements(() => transaction(entries(5))), await statements(() => transaction(entries(50)))];
    expect(many.length > few.length ? many : []).toEqual([]);
    expect(few.length).toBeLessThanOrEqual(16);
  });

  it('of a transaction of updates and patches grow by what is changed alone', async () => {
    const ids = Array.from({ length: 20 }, () => randomUUID());
    await transaction(ids.map((id) => ({ resource: group({ id }), request: { method: 'PUT', url: `Group/${id}` } })));
    const data = Buffer.from('[{"op":"add","path":"/active","value":true}]').toString('base64');
    const entries = (some: string[]) => some.map((id) => ({ resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data }, request: { method: 'PATCH', url: `Group/${id}` } }));
    const [few, many] = [await statements(() => transaction(entries(ids.slice(0, 5)))), await statements(() => transaction(entries(ids.slice(5))))];
    expect(many.length - few.length).toBeLessThanOrEqual(10);
  });

  it('of a delete that is refused for its referrers do not grow with them', async () => {
    const refused = async (referrers: number) => {
      const { id } = await client.stored(patient());
      for (let count = 0; count < referrers; count++) await client.stored(observation(`Patient/${id}`));
      return statements(async () => ({ ...(await client.call('DELETE', `Patient/${id}`)), status: 200 }));
    };
    const [few, many] = [await refused(1), await refused(12)];
    expect(many.length > few.length ? many : []).toEqual([]);
  });
});
