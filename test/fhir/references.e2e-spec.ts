import { randomUUID } from 'node:crypto';
import { staffToken } from '../harness/sign-in';
import { MRN, observation, patient, said, WritingClient } from './writes.fixture';

const transaction = (...entry: unknown[]) => ({ resourceType: 'Bundle', type: 'transaction', entry });
const remove = (url: string) => ({ request: { method: 'DELETE', url } });
const put = (resource: { resourceType: string; id?: string }) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } });

describe('links between resources', () => {
  let client: WritingClient;
  beforeAll(async () => {
    client = await WritingClient.open();
  });
  afterAll(() => client.stop());

  const status = async (name: string): Promise<number> => (await client.get(name)).status;
  const chart = async (size = 1) => {
    const { id } = await client.stored(patient());
    const referrers = [];
    for (let count = 0; count < size; count++) referrers.push(await client.stored(observation(`Patient/${id}`)));
    return { id, referrers, first: referrers[0]! };
  };

  describe('a delete', () => {
    it('of what others refer to is refused and names them', async () => {
      const { id, first } = await chart();
      const answer = await client.call('DELETE', `Patient/${id}`);
      expect(said(answer)).toBe('409 conflict');
      expect(answer.text).toContain(`Observation/${first.id} refers to Patient/${id}`);
      expect(answer.text).toContain('_cascade=delete');
      expect(await status(`Patient/${id}`)).toBe(200);
    });

    it('goes through once nobody refers to it any more', async () => {
      const [{ id, first }, other] = [await chart(), await client.stored(patient())];
      await client.call('PUT', `Observation/${first.id}`, observation(`Patient/${other.id}`, { id: first.id }));
      expect((await client.call('DELETE', `Patient/${id}`)).status).toBe(204);
      await client.call('DELETE', `Observation/${first.id}`);
      expect((await client.call('DELETE', `Patient/${other.id}`)).status).toBe(204);
    });

    it('names ten and counts the others', async () => {
      const { id } = await chart(13);
      const { issue } = (await client.call('DELETE', `Patient/${id}`)).json;
      expect(issue).toHaveLength(12);
      expect(issue[10].diagnostics).toBe('3 others refer to it too.');
    });

    it.each([['a versioned reference', (id: string) => `Patient/${id}/_history/1`], ['an address of this server', (id: string) => `${client.app.url}/apis/default/fhir/Patient/${id}`]])('sees %s', async (_what, reference) => {
      const { id } = await client.stored(patient());
      const { id: referrer } = await client.stored(observation(reference(id)));
      expect((await client.call('DELETE', `Patient/${id}`)).status).toBe(409);
      await client.call('DELETE', `Observation/${referrer}`);
      expect((await client.call('DELETE', `Patient/${id}`)).status).toBe(204);
    });

    it('is not held up by a reference to itself, nor to the same id elsewhere', async () => {
      const id = randomUUID();
      await client.stored(patient(undefined, { id, link: [{ other: { reference: `Patient/${id}` }, type: 'seealso' }] }));
      await client.stored(observation(`https://elsewhere.example/fhir/Patient/${id}`));
      await client.stored(observation('Patient/x', { focus: [{ reference: `Group/${id}` }] }));
      expect((await client.call('DELETE', `Patient/${id}`)).status).toBe(204);
    });

    it('by criteria is held to the same', async () => {
      const { id } = await client.stored(patient('by-criteria'));
      await client.stored(observation(`Patient/${id}`));
      const url = `Patient?identifier=${MRN}|by-criteria`;
      expect(said(await client.call('DELETE', url))).toBe('409 conflict');
      expect((await client.call('DELETE', `${url}&_cascade=delete`)).status).toBe(204);
    });

    it('says nothing of those whom the caller may not see but that they are there', async () => {
      const { id, first } = await chart();
      const token = await staffToken(client.app, { scopes: 'openid api:fhir user/Patient.cruds' });
      for (const query of ['', '?_cascade=delete']) {
        const answer = await client.call('DELETE', `Patient/${id}${query}`, undefined, {}, { token });
        expect([said(answer), answer.text.includes(first.id), answer.text.includes('Observation')]).toEqual(['409 conflict', false, false]);
      }
      expect([await status(`Patient/${id}`), await status(`Observation/${first.id}`)]).toEqual([200, 200]);
    });

    it('of what is out of reach answers as for nothing, whoever refers to it', async () => {
      const category = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }];
      const { id } = await client.stored(observation('Patient/x', { category }));
      await client.stored(observation('Patient/x', { hasMember: [{ reference: `Observation/${id}` }] }));
      const token = await staffToken(client.app, { scopes: 'openid api:fhir user/Observation.cruds?category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs' });
      expect(said(await client.call('DELETE', `Observation/${id}`, undefined, {}, { token }))).toBe(said(await client.call('DELETE', `Observation/${randomUUID()}`, undefined, {}, { token })));
    });
  });

  describe('_cascade=delete', () => {
    it('deletes who refers to it, and who refers to those', async () => {
      const { id, first, referrers } = await chart(3);
      const { id: report } = await client.stored({ resourceType: 'DiagnosticReport', status: 'final', code: { text: 'x' }, result: [{ reference: `Observation/${first.id}` }] });
      expect((await client.call('DELETE', `Patient/${id}?_cascade=delete`)).status).toBe(204);
      for (const name of [`Patient/${id}`, `DiagnosticReport/${report}`, ...referrers.map((one) => `Observation/${one.id}`)]) expect([name, await status(name)]).toEqual([name, 410]);
    });

    it('ends where resources refer to each other', async () => {
      const [a, b] = [randomUUID(), randomUUID()];
      await client.stored(patient(undefined, { id: a, link: [{ other: { reference: `Patient/${b}` }, type: 'seealso' }] }));
      await client.stored(patient(undefined, { id: b, link: [{ other: { reference: `Patient/${a}` }, type: 'seealso' }] }));
      expect((await client.call('DELETE', `Patient/${a}?_cascade=delete`)).status).toBe(204);
      expect(await status(`Patient/${b}`)).toBe(410);
    });

    it('needs the right to delete each of them, or nothing happens', async () => {
      const { id, first } = await chart();
      const token = await staffToken(client.app, { scopes: 'openid api:fhir user/Patient.cruds user/Observation.rs' });
      expect(said(await client.call('DELETE', `Patient/${id}?_cascade=delete`, undefined, {}, { token }))).toBe('409 conflict');
      expect([await status(`Patient/${id}`), await status(`Observation/${first.id}`)]).toEqual([200, 200]);
    });

    it('is all it takes', async () => {
      const { id } = await chart();
      for (const query of ['_cascade=none', '_cascade', '_cascade=delete&_cascade=x']) expect([query, (await client.call('DELETE', `Patient/${id}?${query}`)).status]).toEqual([query, 400]);
      expect(await status(`Patient/${id}`)).toBe(200);
    });
  });

  describe('a transaction', () => {
    it('may delete both ends, or turn one elsewhere', async () => {
      const [one, two, other] = [await chart(), await chart(), await client.stored(patient())];
      expect((await client.call('POST', '', transaction(remove(`Patient/${one.id}`), remove(`Observation/${one.first.id}`)))).status).toBe(200);
      expect((await client.call('POST', '', transaction(remove(`Patient/${two.id}`), put(observation(`Patient/${other.id}`, { id: two.first.id }))))).status).toBe(200);
    });

    it('is refused as a whole where a link would lead to nothing, and names the entry', async () => {
      const { id, first } = await chart();
      const made = randomUUID();
      const answer = await client.call('POST', '', transaction(put(patient(undefined, { id: made })), remove(`Patient/${id}`)));
      expect([said(answer), answer.json.issue[0].expression]).toEqual(['409 conflict', ['Bundle.entry[1]']]);
      expect(await status(`Patient/${made}`)).toBe(404);
      expect((await client.call('POST', '', transaction(remove(`Patient/${id}?_cascade=delete`)))).status).toBe(200);
      expect(await status(`Observation/${first.id}`)).toBe(410);
    });

    it('of type batch fails in that entry alone', async () => {
      const [one, two] = [await chart(), await client.stored(patient())];
      const answer = await client.call('POST', '', { ...transaction(remove(`Patient/${one.id}`), remove(`Patient/${two.id}`)), type: 'batch' });
      expect(answer.json.entry.map((entry: { response: { status: string } }) => entry.response.status.slice(0, 3))).toEqual(['409', '204']);
    });
  });

  it('a write may refer to what is not here yet', async () => {
    expect((await client.call('POST', 'Observation', observation(`Patient/${randomUUID()}`))).status).toBe(201);
    expect((await client.get('metadata')).json.rest[0].resource[0]).toMatchObject({ conditionalDelete: 'single', conditionalUpdate: true, conditionalRead: 'full-support' });
  });
});

describe('links, where references to nothing are refused and deletes are free', () => {
  let client: WritingClient;
  beforeAll(async () => {
    client = await WritingClient.open({ SALUS_REFERENCES: 'refuse', SALUS_DELETE_REFERENCED: 'allow', SALUS_CONDITIONAL_DELETE: 'multiple' });
  });
  afterAll(() => client.stop());

  it('a write that refers to nothing is refused', async () => {
    const nobody = `Patient/${randomUUID()}`;
    const answer = await client.call('POST', 'Observation', observation(nobody));
    expect([said(answer), answer.json.issue[0].diagnostics]).toEqual(['422 not-found', expect.stringContaining(nobody)]);
    const { id } = await client.stored(patient());
    expect((await client.call('POST', 'Observation', observation(`Patient/${id}`))).status).toBe(201);
  });

  it('so is an update, a patch, and what refers to something deleted', async () => {
    const [{ id }, gone] = [await client.stored(patient()), await client.stored(patient())];
    const stored = await client.stored(observation(`Patient/${id}`));
    await client.call('DELETE', `Patient/${gone.id}`);
    expect((await client.call('PUT', `Observation/${stored.id}`, observation(`Patient/${gone.id}`, { id: stored.id }))).status).toBe(422);
    expect((await client.patch(`Observation/${stored.id}`, [{ op: 'replace', path: '/subject/reference', value: `Patient/${gone.id}` }])).status).toBe(422);
    expect((await client.get(`Observation/${stored.id}`)).json).toEqual(stored);
  });

  it('a transaction may bring along what it refers to, in any order', async () => {
    const id = randomUUID();
    expect((await client.call('POST', '', transaction(put(observation(`Patient/${id}`, { id: randomUUID() })), put(patient(undefined, { id }))))).status).toBe(200);
    const refused = await client.call('POST', '', transaction(put(observation(`Patient/${randomUUID()}`, { id: randomUUID() }))));
    expect([said(refused), refused.json.issue[0].expression]).toEqual(['422 not-found', ['Bundle.entry[0].resource']]);
  });

  it('external, contained and logical references lead elsewhere', async () => {
    for (const subject of [{ reference: 'https://elsewhere.example/fhir/Patient/1' }, { identifier: { system: MRN, value: '1' } }]) expect((await client.call('POST', 'Observation', { ...observation('x'), subject })).status).toBe(201);
    expect((await client.call('POST', 'Observation', { ...observation('#p'), contained: [{ resourceType: 'Patient', id: 'p' }] })).status).toBe(201);
  });

  it('what the caller may not see is as if it were not there', async () => {
    const { id } = await client.stored(patient());
    const token = await staffToken(client.app, { scopes: 'openid api:fhir user/Observation.cruds' });
    const ask = async (reference: string) => said(await client.call('POST', 'Observation', observation(reference), {}, { token }));
    expect([await ask(`Patient/${id}`), await ask(`Patient/${randomUUID()}`)]).toEqual(['422 not-found', '422 not-found']);
  });

  it('a delete leaves its referrers as they are, unless they are to go too', async () => {
    const [{ id }, other] = [await client.stored(patient()), await client.stored(patient())];
    const [stays, goes] = [await client.stored(observation(`Patient/${id}`)), await client.stored(observation(`Patient/${other.id}`))];
    expect((await client.call('DELETE', `Patient/${id}`)).status).toBe(204);
    expect((await client.call('DELETE', `Patient/${other.id}?_cascade=delete`)).status).toBe(204);
    expect([(await client.get(`Observation/${stays.id}`)).status, (await client.get(`Observation/${goes.id}`)).status]).toEqual([200, 410]);
  });

  it('a conditional delete takes all that match', async () => {
    for (let count = 0; count < 3; count++) await client.stored(patient('many'));
    const answer = await client.call('DELETE', `Patient?identifier=${MRN}|many`, undefined, { prefer: 'return=OperationOutcome' });
    expect([answer.status, answer.json.issue[0].diagnostics]).toEqual([200, 'Deleted 3 resources.']);
    expect(await client.count(`Patient?identifier=${MRN}|many`)).toBe(0);
    expect((await client.get('metadata')).json.rest[0].resource[0]).toMatchObject({ conditionalDelete: 'multiple', referencePolicy: ['literal', 'logical', 'enforced'] });
  });
});

describe('links, where neither may lead to nothing', () => {
  let client: WritingClient;
  beforeAll(async () => {
    client = await WritingClient.open({ SALUS_REFERENCES: 'refuse', SALUS_DELETE_REFERENCED: 'refuse' });
  });
  afterAll(() => client.stop());

  it('hold when a delete and a write that refers to it come at the same time', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 12; round++) {
      const { id } = await client.stored(patient());
      const write = () => client.call('POST', 'Observation', observation(`Patient/${id}`));
      const answers = await Promise.all(round % 2 === 0 ? [client.call('DELETE', `Patient/${id}`), write()] : [write(), client.call('DELETE', `Patient/${id}`)].reverse());
      outcomes.add(answers.map((one) => one.status).join(' '));
    }
    const held = ['204 422', '409 201'];
    expect([...outcomes].filter((outcome) => !held.includes(outcome))).toEqual([]);
  });
});
