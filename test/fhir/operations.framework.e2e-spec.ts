import { OperationRegistry, type Operation, type OperationAnswer, type OperationCall } from '../../src/fhir/operations';
import { staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

/** Answers with what it was called with. */
class Echo implements Operation {
  readonly declaration = {
    name: 'test-echo', title: 'Echo', description: 'Of this test.', levels: ['system', 'type', 'instance'] as const, types: ['Patient'], affectsState: false,
    parameters: [
      { name: 'text', use: 'in', min: 0, max: '1', type: 'string', documentation: '' },
      { name: 'kind', use: 'in', min: 0, max: '*', type: 'code', documentation: '' },
      { name: 'flag', use: 'in', min: 0, max: '1', type: 'boolean', documentation: '' },
      { name: 'count', use: 'in', min: 0, max: '1', type: 'integer', documentation: '' },
      { name: 'since', use: 'in', min: 0, max: '1', type: 'instant', documentation: '' },
      { name: 'coding', use: 'in', min: 0, max: '1', type: 'Coding', documentation: '' },
      { name: 'resource', use: 'in', min: 0, max: '1', type: 'Resource', documentation: '' },
      { name: 'pair', use: 'in', min: 0, max: '*', documentation: '', parts: [{ name: 'left', use: 'in', min: 1, max: '1', type: 'string', documentation: '' }] },
    ] as const,
  };

  async run({ level, type, id, input }: OperationCall): Promise<OperationAnswer> {
    const seen = {
      level, type, id, text: input.text('text'), kind: input.texts('kind'), flag: input.flag('flag'), count: input.number('count'), since: input.text('since'), coding: input.one('coding'),
      resource: input.resource('resource')?.resourceType, pair: input.parts('pair').map((pair) => pair.text('left')),
    };
    return { body: { resourceType: 'Basic', text: JSON.stringify(seen) } };
  }
}

class Write implements Operation {
  readonly declaration = { name: 'test-write', title: 'Write', description: 'Of this test.', levels: ['type'] as const, affectsState: true, parameters: [{ name: 'must', use: 'in', min: 1, max: '1', type: 'string', documentation: '' }] as const };
  async run(): Promise<OperationAnswer> {
    return { status: 201, body: Buffer.from('{"resourceType":"Basic"}'), headers: { 'x-test': 'yes' } };
  }
}

describe('operations', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startApp();
    token = await staffToken(app);
    const registry = app.app.get(OperationRegistry);
    registry.register(new Echo());
    registry.register(new Write());
  });
  afterAll(() => app.stop());

  const call = (method: string, path: string, body?: unknown) => app.request(method, `/apis/default/fhir/${path}`, { token, body });
  const seen = async (method: string, path: string, body?: unknown) => JSON.parse((await call(method, path, body)).json.text);
  const parameters = (...parameter: unknown[]) => ({ resourceType: 'Parameters', parameter });

  it('are called at each level they declare, and are not taken for a type or an id', async () => {
    expect(await seen('GET', '$test-echo')).toMatchObject({ level: 'system' });
    expect(await seen('GET', 'Patient/$test-echo')).toMatchObject({ level: 'type', type: 'Patient' });
    expect(await seen('GET', 'Patient/p1/$test-echo')).toMatchObject({ level: 'instance', type: 'Patient', id: 'p1' });
    expect(await seen('POST', 'Patient/p1/$test-echo')).toMatchObject({ level: 'instance' });
  });

  it('take plain parameters from the URL, of their data types', async () => {
    expect(await seen('GET', '$test-echo?text=a%20b&kind=x&kind=y&flag=true&count=7&since=2020-01-01T00:00:00+01:00&_format=json')).toMatchObject({ text: 'a b', kind: ['x', 'y'], flag: true, count: 7, since: '2020-01-01T00:00:00+01:00' });
  });

  it('take all parameters from a Parameters resource, and the sole resource as the body itself', async () => {
    const body = parameters({ name: 'coding', valueCoding: { system: 's', code: 'c' } }, { name: 'pair', part: [{ name: 'left', valueString: 'l' }] }, { name: 'resource', resource: { resourceType: 'Patient', nonsense: 1 } });
    expect(await seen('POST', '$test-echo?text=t', body)).toMatchObject({ coding: { system: 's', code: 'c' }, pair: ['l'], resource: 'Patient', text: 't' });
    expect(await seen('POST', '$test-echo', { resourceType: 'Observation' })).toMatchObject({ resource: 'Observation' });
  });

  it.each([
    ['GET', '$test-echo?other=1', undefined, 'other'], ['GET', '$test-echo?flag=yes', undefined, 'flag'], ['GET', '$test-echo?count=many', undefined, 'count'], ['GET', '$test-echo?text=a&text=b', undefined, 'text'],
    ['GET', '$test-echo?since=yesterday', undefined, 'since'], ['GET', '$test-echo?coding=c', undefined, 'coding'], ['GET', '$test-echo?__proto__=1', undefined, '__proto__'],
    ['POST', '$test-echo', parameters({ name: 'coding', valueString: 'c' }), 'coding'], ['POST', '$test-echo', parameters({ name: 'coding', valueCoding: { cod: 'c' } }), 'coding'], ['POST', '$test-echo', parameters({ name: 'text' }), 'text'],
    ['POST', '$test-echo', parameters({ name: 'pair', part: [{ name: 'right', valueString: 'l' }] }), 'pair.left'], ['POST', '$test-echo', parameters({ name: 'resource', valueString: 'l' }), 'resource'], ['POST', '$test-echo', parameters({ valueString: 'l' }), 'name'],
    ['POST', '$test-echo', { resourceType: 'Parameters', parameter: {} }, 'list'], ['POST', '$test-echo', [], 'body'], ['POST', 'Patient/$test-write', parameters(), 'must'],
  ])('%s %s with %j is 400 naming %s', async (method, path, body, named) => {
    const answer = await call(method, path, body);
    expect([answer.status, answer.json.resourceType]).toEqual([400, 'OperationOutcome']);
    expect(answer.json.issue[0].diagnostics).toContain(named);
  });

  it('that nobody offers, or not here, are 404 not-supported and name themselves', async () => {
    for (const path of ['$nothing', 'Patient/$nothing', 'Patient/p1/$nothing', 'Observation/$test-echo', '$test-write', 'Patient/p1/$test-write']) {
      const answer = await call('POST', path);
      expect([path, answer.status, answer.json.issue[0].code]).toEqual([path, 404, 'not-supported']);
      expect(answer.json.issue[0].diagnostics).toContain(path.slice(path.indexOf('$')));
    }
    expect((await call('GET', 'Nothing/$test-echo')).status).toBe(404);
    expect((await call('GET', 'Patient/p%20/$test-echo')).status).toBe(404);
  });

  it('that change what is stored are called by POST alone', async () => {
    const refused = await call('GET', 'Patient/$test-write?must=x');
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST']);
    const done = await call('POST', 'Patient/$test-write', parameters({ name: 'must', valueString: 'x' }));
    expect([done.status, done.headers.get('x-test'), done.json.resourceType]).toEqual([201, 'yes', 'Basic']);
  });

  it('leave $export and reads where they were', async () => {
    for (const path of ['$export', 'Patient/$export', 'Group/g1/$export']) expect([path, (await call('GET', path)).json.issue[0].diagnostics]).toEqual([path, expect.stringMatching(/respond-async/)]);
    expect((await call('GET', 'Patient/p1')).status).toBe(404);
    expect((await call('GET', 'Observation/$export')).json.issue[0].code).toBe('not-supported');
  });

  it('need a token', async () => {
    expect((await app.request('GET', '/apis/default/fhir/$test-echo')).status).toBe(401);
  });
});
