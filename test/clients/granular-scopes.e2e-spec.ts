import { Holders, observation } from './holders.fixture';

const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
const VITAL = `Observation.rs?category=${CATEGORY}|vital-signs`;
const CONDITION = 'http://terminology.hl7.org/CodeSystem/condition-category';

interface Entry {
  resource: { resourceType: string; id: string; meta: { versionId: string } };
}

let holders: Holders;
let admin: string;
const made: Record<string, string> = {};

async function make(name: string, body: { resourceType: string }): Promise<void> {
  const answer = await holders.fhir(admin, 'POST', body.resourceType, body);
  if (answer.status !== 201) throw new Error(answer.text);
  made[name] = answer.json.id;
}

beforeAll(async () => {
  holders = await Holders.open();
  admin = await holders.user('user/*.cruds');
  const ana = holders.id('Ana');
  const subject = { reference: `Patient/${ana}` };
  const condition = (code: string) => ({ resourceType: 'Condition', subject, code: { text: code }, category: [{ coding: [{ system: CONDITION, code }] }] });
  await make('encounter', { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' }, subject } as never);
  const encounter = { reference: `Encounter/${made['encounter']}` };
  await make('vital', observation(ana, 'vital-signs', { encounter }));
  await make('lab', observation(ana, 'laboratory', { encounter, code: { coding: [{ system: 'urn:codes', code: 'secret-lab' }] } }));
  await make('both', observation(ana, ['laboratory', 'vital-signs']));
  await make('panel', observation(ana, 'vital-signs', { hasMember: [{ reference: `Observation/${made['lab']}` }] }));
  await make('bens', observation(holders.id('Ben'), 'vital-signs'));
  await make('report', { resourceType: 'DiagnosticReport', status: 'final', code: { text: 'x' }, subject, result: [{ reference: `Observation/${made['lab']}` }, { reference: `Observation/${made['vital']}` }] } as never);
  await make('problem', condition('problem-list-item'));
  await make('diagnosis', condition('encounter-diagnosis'));
  // Filed as a vital sign, corrected to a laboratory result, and the other way round.
  for (const [name, first, then] of [['becameLab', 'vital-signs', 'laboratory'], ['becameVital', 'laboratory', 'vital-signs']] as const) {
    await make(name, observation(ana, first));
    await holders.fhir(admin, 'PUT', `Observation/${made[name]}`, { ...observation(ana, then), id: made[name] });
  }
});
afterAll(() => holders.stop());

const nameOf = (id: string): string => Object.entries(made).find(([, known]) => known === id)?.[0] ?? id;

describe.each<[string, (scope: string) => Promise<string>]>([
  ['a patient’s app', (scope) => holders.patient(scope)],
  ['an app that staff launched for the patient', (scope) => holders.launched(scope)],
])('%s granted the vital signs alone', (_who, holder) => {
  let token: string;
  beforeAll(async () => {
    token = await holder(`patient/${VITAL} patient/DiagnosticReport.rs patient/Encounter.rs patient/Provenance.rs`);
  });

  const status = async (path: string) => (await holders.fhir(token, 'GET', path)).status;
  const found = async (query: string): Promise<string[]> => {
    const answer = await holders.fhir(token, 'GET', query);
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.json.entry ?? [])).not.toContain('secret-lab');
    return ((answer.json.entry ?? []) as Entry[]).filter(({ resource }) => resource.resourceType !== 'OperationOutcome').map(({ resource }) => nameOf(resource.id)).sort();
  };
  const VISIBLE = ['becameVital', 'both', 'panel', 'vital'];

  it.each(['vital', 'both', 'panel', 'becameVital'])('reads %s, its versions and its history', async (name) => {
    const at = `Observation/${made[name]}`;
    const version = name === 'becameVital' ? 2 : 1;
    expect([await status(at), await status(`${at}/_history/${version}`), await status(`${at}/_history`)]).toEqual([200, 200, 200]);
  });

  it.each(['lab', 'bens'])('does not read %s, whichever way it asks, and cannot tell it from nothing', async (name) => {
    const at = `Observation/${made[name]}`;
    expect([await status(at), await status(`${at}/_history/1`), await status(`${at}/_history`)]).toEqual([404, 404, 404]);
    const [real, none] = [await holders.fhir(token, 'GET', at), await holders.fhir(token, 'GET', 'Observation/00000000-0000-4000-8000-00000000dead')];
    const told = ({ json }: typeof real) => json.issue.map((issue: { code: string; severity: string }) => [issue.code, issue.severity]);
    expect(told(real)).toEqual(told(none));
  });

  it('sees of a resource that changed its category the versions that were vital signs', async () => {
    const versions = async (name: string) => (await holders.fhir(token, 'GET', `Observation/${made[name]}/_history`)).json.entry.map((entry: Entry) => entry.resource.meta.versionId);
    expect([await versions('becameLab'), await versions('becameVital')]).toEqual([['1'], ['2']]);
    expect([await status(`Observation/${made['becameLab']}`), await status(`Observation/${made['becameVital']}/_history/1`)]).toEqual([404, 404]);
  });

  it.each<[string, string[]]>([
    ['Observation', VISIBLE],
    ['Observation?_sort=-_lastUpdated', VISIBLE],
    [`Observation?category=${CATEGORY}|vital-signs`, VISIBLE],
    ['Observation?category=laboratory', ['both']],
    ['Observation?category:not=vital-signs', []],
    ['Observation?code=secret-lab', []],
    ['Observation?code:not=8867-4', []],
    ['DiagnosticReport?_include=DiagnosticReport:result', ['report', 'vital']],
    ['DiagnosticReport?_include=*&_include:iterate=*', ['encounter', 'report', 'vital']],
    ['DiagnosticReport?result:Observation.code=secret-lab', []],
    ['DiagnosticReport?result:Observation.code=8867-4', ['report']],
    ['Encounter?_revinclude=Observation:encounter', ['encounter', 'vital']],
    ['Encounter?_has:Observation:encounter:code=secret-lab', []],
    ['Observation?_include=Observation:has-member', VISIBLE],
    ['Observation?has-member:Observation.code=secret-lab', []],
  ])('finds by %s: %j', async (query, names) => expect(await found(query)).toEqual(names));

  it('finds its four page by page and counts no more', async () => {
    const met: string[] = [];
    let next: string | undefined = `${holders.clinic.fhir}/Observation?_count=1&_total=accurate`;
    for (let page = 0; next && page < 9; page += 1) {
      const { json } = await holders.clinic.app.request('GET', next, { token });
      expect(json.total ?? 4).toBe(4);
      met.push(...((json.entry ?? []) as Entry[]).map(({ resource }) => nameOf(resource.id)));
      next = json.link.find((link: { relation: string }) => link.relation === 'next')?.url;
    }
    expect(met.sort()).toEqual(VISIBLE);
    expect((await holders.fhir(token, 'GET', 'Observation?_summary=count')).json.total).toBe(4);
  });

  it('gets no Provenance of what it may not see', async () => {
    const answer = await holders.fhir(token, 'GET', 'Observation?_revinclude=Provenance:target');
    const targets = (answer.json.entry as (Entry & { resource: { target?: { reference: string }[] } })[]).flatMap(({ resource }) => resource.target ?? []).map(({ reference }) => nameOf(reference.split('/')[1]!));
    expect(targets.sort()).toEqual(VISIBLE);
    expect((await holders.fhir(token, 'GET', `Provenance?target=Observation/${made['lab']}`)).json.entry ?? []).toEqual([]);
  });

  it('has no right on a type it was not granted', async () => expect([await status('Condition'), await status(`Condition/${made['problem']}`)]).toEqual([403, 403]));
});

describe('several granular scopes', () => {
  it('add up, each for its type (E8, E12)', async () => {
    const scope = [`patient/Condition.rs?category=${CONDITION}|problem-list-item`, `patient/Observation.rs?category=${CATEGORY}|laboratory`, `patient/${VITAL}`].join(' ');
    const token = await holders.patient(scope);
    const ids = async (type: string) => ((await holders.fhir(token, 'GET', type)).json.entry as Entry[]).map(({ resource }) => nameOf(resource.id)).sort();
    expect(await ids('Condition')).toEqual(['problem']);
    expect(await ids('Observation')).toEqual(['becameLab', 'becameVital', 'both', 'lab', 'panel', 'vital']);
  });

  it('bind staff and backend services too', async () => {
    for (const token of [await holders.user(`user/${VITAL}`), await holders.system(`system/${VITAL}`)]) {
      const { json } = await holders.fhir(token, 'GET', 'Observation');
      expect((json.entry as Entry[]).map(({ resource }) => nameOf(resource.id)).sort()).toEqual(['becameVital', 'bens', 'both', 'panel', 'vital']);
      expect((await holders.fhir(token, 'GET', `Observation/${made['lab']}`)).status).toBe(404);
    }
  });

  it('come back in the answer as they were asked for, with nothing broader beside them', async () => {
    const scope = `patient/${VITAL}`;
    const { id, secret } = await holders.app('patient/*.rs');
    const { json } = await holders.token({ grant_type: 'password', client_id: id, client_secret: secret, scope, user_role: 'patient', username: 'ana', password: 'correct horse battery', email: 'ana@example.org' });
    expect(json.scope).toBe(scope);
  });
});
