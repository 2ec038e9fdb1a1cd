import { staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

describe('a method that an address does not take', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startApp();
    token = await staffToken(app);
  });
  afterAll(() => app.stop());

  const call = (method: string, path: string, bearer?: string) => app.request(method, `/apis/default/fhir/${path}`, { ...(bearer && { token: bearer }) });

  it.each([
    ['POST', 'Patient/1', 'DELETE, GET, PATCH, PUT'], ['DELETE', 'Patient/1/_history', 'GET'], ['PUT', 'Patient/1/_history/1', 'GET'], ['POST', 'Patient/_history', 'GET'],
  ])('%s %s is told which ones it does', async (method, path, allow) => {
    const answer = await call(method, path, token);
    expect([answer.status, answer.headers.get('allow'), answer.json.issue[0].code]).toEqual([405, allow, 'not-supported']);
    expect(answer.json.issue[0].diagnostics).toContain(allow);
  });

  it.each([['POST', 'Pacient/1'], ['PUT', 'a/b/c/d/e'], ['DELETE', 'Patient/1/Observation/2']])('%s %s finds nothing for any method', async (method, path) => {
    const answer = await call(method, path, token);
    expect([answer.status, answer.json.resourceType]).toEqual([404, 'OperationOutcome']);
  });

  it('is told nothing without a token', async () => expect((await call('POST', 'Patient/1')).status).toBe(401));
});
