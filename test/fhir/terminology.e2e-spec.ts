import { staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';

const COLOURS = 'http://example.org/colours';
const GENDER = 'http://hl7.org/fhir/ValueSet/administrative-gender';
const GENDERS = 'http://hl7.org/fhir/administrative-gender';

const colours = (version: string, ...codes: string[]) => ({
  resourceType: 'CodeSystem', url: COLOURS, version, status: 'active', content: 'complete', name: 'Colours',
  concept: [{ code: 'red', display: 'Red', designation: [{ language: 'de', value: 'Rot' }], concept: [{ code: 'crimson', display: 'Crimson' }] }, ...codes.map((code) => ({ code }))],
});
const parameters = (...parameter: object[]) => ({ resourceType: 'Parameters', parameter });

describe('terminology operations', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startApp();
    token = await staffToken(app);
    await store(colours('1'));
    await store(colours('2', 'blue'));
    await store({ resourceType: 'ValueSet', url: 'http://example.org/reds', status: 'active', compose: { include: [{ system: COLOURS, filter: [{ property: 'concept', op: 'is-a', value: 'red' }] }] } }, 'reds');
    await store({ resourceType: 'ConceptMap', url: 'http://example.org/map', status: 'active', group: [{ source: COLOURS, target: 'http://example.org/hues', element: [{ code: 'red', target: [{ code: 'warm', equivalence: 'wider' }] }] }] });
  });
  afterAll(() => app.stop());

  const fhir = (method: string, path: string, body?: unknown, as = token) => app.request(method, `/apis/default/fhir/${path}`, { token: as, body });
  const store = async (resource: Record<string, unknown>, id?: string) => {
    const { resourceType } = resource as { resourceType: string };
    const answer = await (id ? fhir('PUT', `${resourceType}/${id}`, { ...resource, id }) : fhir('POST', resourceType, resource));
    expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
  };
  const expand = async (query: string) => (await fhir('GET', `ValueSet/$expand?${query}`)).json;
  const codes = (valueSet: { expansion: { contains: { code: string }[] } }) => valueSet.expansion.contains.map(({ code }) => code);
  const values = (answer: { parameter: Record<string, unknown>[] }) => Object.fromEntries(answer.parameter.map(({ name, part, ...value }) => [name, part ?? Object.values(value)[0]]));

  describe('ValueSet/$expand', () => {
    it('gives the codes of value sets of R4, by URL, id and the value set itself', async () => {
      const byUrl = await expand(`url=${GENDER}`);
      expect(byUrl).toMatchObject({ resourceType: 'ValueSet', url: GENDER, expansion: { total: 4, identifier: expect.stringMatching(/^urn:uuid:/), parameter: expect.arrayContaining([{ name: 'version', valueUri: `${GENDERS}|4.0.1` }]) } });
      expect(byUrl.compose).toBeUndefined();
      expect(codes(byUrl)).toEqual(['male', 'female', 'other', 'unknown']);
      expect(codes((await fhir('GET', 'ValueSet/administrative-gender/$expand?includeDefinition=true')).json)).toHaveLength(4);
      expect(codes((await fhir('POST', 'ValueSet/$expand', { resourceType: 'ValueSet', status: 'active', compose: { include: [{ system: COLOURS, concept: [{ code: 'red' }] }] } })).json)).toEqual(['red']);
      expect(codes(await expand('url=http://hl7.org/fhir/us/core/ValueSet/us-core-clinical-note-type|8.0.0'))).toContain('11488-4');
    });

    it('gives the codes of stored value sets over stored code systems, the newest or the version asked for', async () => {
      expect(codes((await fhir('GET', 'ValueSet/reds/$expand')).json)).toEqual(['red', 'crimson']);
      const valueSet = { resourceType: 'ValueSet', status: 'active', compose: { include: [{ system: COLOURS }] } };
      expect(codes((await fhir('POST', 'ValueSet/$expand', valueSet)).json)).toEqual(['red', 'crimson', 'blue']);
      const first = await fhir('POST', 'ValueSet/$expand', parameters({ name: 'valueSet', resource: valueSet }, { name: 'system-version', valueCanonical: `${COLOURS}|1` }));
      expect(codes(first.json)).toEqual(['red', 'crimson']);
      const checked = await fhir('POST', 'ValueSet/$expand', parameters({ name: 'valueSet', resource: valueSet }, { name: 'check-system-version', valueCanonical: `${COLOURS}|1` }));
      expect(checked.status).toBe(422);
    });

    it('pages and filters', async () => {
      const page = await expand('url=http://hl7.org/fhir/ValueSet/resource-types&count=3&offset=2');
      expect(page.expansion).toMatchObject({ offset: 2, contains: { length: 3 } });
      expect(page.expansion.total).toBeGreaterThan(140);
      expect(codes(await expand('url=http://hl7.org/fhir/ValueSet/resource-types&filter=medication%20req'))).toEqual(['MedicationRequest']);
      expect((await expand('url=http://example.org/reds&displayLanguage=de&includeDesignations=true&excludeNested=false')).expansion.contains).toMatchObject([{ display: 'Rot', designation: [{ value: 'Rot' }], contains: [{ code: 'crimson' }] }]);
    });

    it.each([
      ['url=http://example.org/nothing', 404, 'not-found'],
      [`url=${GENDER}&valueSetVersion=1`, 404, 'not-found'],
      ['', 400, 'required'],
      ['url=http://hl7.org/fhir/us/core/ValueSet/us-core-goal-description', 422, 'too-costly'],
      [`url=${GENDER}&count=-1`, 400, 'value'],
      [`url=${GENDER}&context=Patient.gender`, 400, 'not-supported'],
      [`url=${GENDER}&system-version=x`, 400, 'value'],
    ])('?%s is refused with %i %s', async (query, status, code) => {
      const answer = await fhir('GET', `ValueSet/$expand?${query}`);
      expect([answer.status, answer.json.issue[0].code]).toEqual([status, code]);
    });

    it('refuses a regular expression that is no plain one, and is not slowed by a hostile one', async () => {
      const asked = (value: string) => fhir('POST', 'ValueSet/$expand', { resourceType: 'ValueSet', status: 'active', compose: { include: [{ system: 'http://hl7.org/fhir/resource-types', filter: [{ property: 'code', op: 'regex', value }] }] } });
      expect((await asked('(?=a)b')).json.issue[0].code).toBe('not-supported');
      expect(codes((await asked('(Med.*)+t')).json)).toContain('MedicationRequest');
      expect((await asked('x'.repeat(50_000))).json.issue[0].code).toBe('too-costly');
    });

    it('does not let an upload change what R4 defines', async () => {
      await store({ ...colours('9'), url: GENDERS });
      expect(codes(await expand(`url=${GENDER}`))).toHaveLength(4);
    });
  });

  describe('codes', () => {
    it('are looked up with their names, properties and place', async () => {
      const answer = await fhir('GET', `CodeSystem/$lookup?system=${COLOURS}&code=red&displayLanguage=de`);
      expect(values(answer.json)).toMatchObject({ name: 'Colours', version: '2', display: 'Rot' });
      expect(answer.json.parameter).toContainEqual({ name: 'property', part: [{ name: 'code', valueCode: 'child' }, { name: 'value', valueCode: 'crimson' }, { name: 'description', valueString: 'Crimson' }] });
      const coded = await fhir('POST', 'CodeSystem/$lookup', parameters({ name: 'coding', valueCoding: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' } }));
      expect(values(coded.json)).toMatchObject({ display: 'ambulatory' });
      expect((await fhir('GET', `CodeSystem/$lookup?system=${COLOURS}&code=green`)).status).toBe(404);
      const beyond = await fhir('GET', 'CodeSystem/$lookup?system=http://loinc.org&code=8867-4');
      expect([beyond.status, beyond.json.issue[0].diagnostics]).toEqual([404, expect.stringContaining('Upload it as a CodeSystem.')]);
      expect((await fhir('GET', 'CodeSystem/$lookup?code=red')).status).toBe(400);
    });

    it.each([
      [`CodeSystem/$validate-code?url=${COLOURS}&code=crimson`, { result: true, display: 'Crimson' }],
      [`CodeSystem/$validate-code?url=${COLOURS}&code=crimson&display=Blue`, { result: false, message: expect.stringContaining('“Crimson”'), display: 'Crimson' }],
      [`CodeSystem/$validate-code?url=${COLOURS}&code=green`, { result: false, message: expect.stringContaining('not in') }],
      [`ValueSet/$validate-code?url=http://example.org/reds&system=${COLOURS}&code=red&display=rot`, { result: true, display: 'Red' }],
      [`ValueSet/$validate-code?url=http://example.org/reds&system=${COLOURS}&code=blue`, { result: false, message: expect.stringContaining('not in http://example.org/reds') }],
      ['ValueSet/reds/$validate-code?code=red', { result: true }],
      [`ValueSet/administrative-gender/$validate-code?system=${GENDERS}&code=male`, { result: true }],
      ['ValueSet/$validate-code?url=http://hl7.org/fhir/us/core/ValueSet/us-core-goal-description&system=http://loinc.org&code=x', { result: true, message: expect.stringContaining('cannot be told') }],
    ])('%s', async (path, expected) => expect(values((await fhir('GET', path)).json)).toMatchObject(expected));

    it('are valid in a CodeableConcept where one coding is', async () => {
      const judged = async (...coding: object[]) => values((await fhir('POST', 'ValueSet/reds/$validate-code', parameters({ name: 'codeableConcept', valueCodeableConcept: { coding } }))).json);
      expect(await judged({ system: COLOURS, code: 'blue' }, { system: COLOURS, code: 'red' })).toMatchObject({ result: true });
      expect(await judged({ system: COLOURS, code: 'blue' }, { system: 'http://example.org', code: 'red' })).toMatchObject({ result: false });
      expect((await fhir('POST', 'CodeSystem/$validate-code', parameters({ name: 'coding', valueCoding: { system: 'http://nowhere.example', code: 'x' } }))).json.parameter[0]).toEqual({ name: 'result', valueBoolean: false });
      expect((await fhir('POST', 'ValueSet/reds/$validate-code', parameters())).status).toBe(400);
    });

    it('subsume each other, or do not', async () => {
      const outcome = async (query: string) => (await fhir('GET', `CodeSystem/$subsumes?${query}`)).json.parameter?.[0].valueCode;
      expect(await outcome(`system=${COLOURS}&codeA=red&codeB=crimson`)).toBe('subsumes');
      expect(await outcome(`system=${COLOURS}&codeA=blue&codeB=crimson`)).toBe('not-subsumed');
      expect((await fhir('GET', `CodeSystem/$subsumes?system=${COLOURS}&codeA=red&codeB=green`)).status).toBe(404);
      expect((await fhir('GET', 'CodeSystem/$subsumes?codeA=red&codeB=green')).status).toBe(400);
    });

    it('are translated by maps of R4 and by stored ones, both ways', async () => {
      const r4 = values((await fhir('GET', 'ConceptMap/$translate?url=http://hl7.org/fhir/ConceptMap/cm-address-use-v2&system=http://hl7.org/fhir/address-use&code=home')).json);
      expect(r4).toMatchObject({ result: true, match: [{ valueCode: 'equivalent' }, { valueCoding: { code: 'H' } }, { valueUri: 'http://hl7.org/fhir/ConceptMap/cm-address-use-v2|4.0.1' }] });
      expect(values((await fhir('GET', `ConceptMap/$translate?system=${COLOURS}&code=red`)).json)).toMatchObject({ result: true, match: [{ valueCode: 'wider' }, { valueCoding: { code: 'warm' } }, {}] });
      expect(values((await fhir('GET', 'ConceptMap/$translate?system=http://example.org/hues&code=warm&reverse=true')).json)).toMatchObject({ result: true, match: [{ valueCode: 'narrower' }, { valueCoding: { code: 'red' } }, {}] });
      expect(values((await fhir('GET', `ConceptMap/$translate?system=${COLOURS}&code=crimson`)).json)).toMatchObject({ result: false, message: expect.anything() });
      expect((await fhir('GET', 'ConceptMap/$translate?code=red')).status).toBe(400);
      expect((await fhir('GET', 'ConceptMap/nothing/$translate?code=red')).status).toBe(404);
    });
  });

  it('are what searches by value set and by hierarchy ask', async () => {
    const observe = (id: string, code: string) => fhir('PUT', `Observation/${id}`, { resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: COLOURS, code }] } });
    for (const code of ['red', 'crimson', 'blue']) expect((await observe(`seen-${code}`, code)).status).toBe(201);
    const found = async (query: string) => ((await fhir('GET', `Observation?${query}`)).json.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id).sort();
    expect(await found('code:in=http://example.org/reds')).toEqual(['seen-crimson', 'seen-red']);
    expect(await found('code:not-in=http://example.org/reds')).toEqual(['seen-blue']);
    expect(await found(`code:below=${COLOURS}|red`)).toEqual(['seen-crimson', 'seen-red']);
    expect(await found(`code:above=${COLOURS}|crimson`)).toEqual(['seen-crimson', 'seen-red']);
    expect((await fhir('GET', 'Observation?code:in=http://example.org/nothing')).status).toBeGreaterThanOrEqual(400);
    expect((await fhir('GET', 'Observation?code:in=http://example.org/reds', undefined, await staffToken(app, { scopes: 'openid api:fhir user/Observation.rs' }))).status).toBeGreaterThanOrEqual(400);
  });

  it('need a right to the type, and show nothing stored that the token does not reach', async () => {
    const stranger = await staffToken(app, { scopes: 'openid api:fhir user/Patient.rs' });
    for (const path of [`ValueSet/$expand?url=${GENDER}`, `CodeSystem/$lookup?system=${COLOURS}&code=red`, 'ConceptMap/$translate?code=a&system=b']) expect([path, (await fhir('GET', path, undefined, stranger)).status]).toEqual([path, 403]);
    const partial = await staffToken(app, { scopes: 'openid api:fhir user/ValueSet.rs' });
    expect((await fhir('GET', `ValueSet/$expand?url=${GENDER}`, undefined, partial)).status).toBe(200);
    const hidden = await fhir('GET', 'ValueSet/reds/$expand', undefined, partial);
    expect([hidden.status, hidden.json.issue[0].code]).toEqual([422, 'too-costly']);
    expect((await fhir('GET', 'ValueSet/$expand?url=http://example.org/reds', undefined, await staffToken(app, { site: 'alternate' }))).status).toBe(401);
    expect((await app.request('GET', '/apis/alternate/fhir/ValueSet/$expand?url=http://example.org/reds', { token: await staffToken(app, { site: 'alternate' }) })).status).toBe(404);
  });
});
