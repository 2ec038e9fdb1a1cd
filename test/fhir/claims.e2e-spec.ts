import { resourceTypes } from '#libs/fhir';
import { staffToken } from '../harness/sign-in';
import { startApp, type TestAnswer, type TestApp } from '../harness/start-app';
import { smallest } from './sample-resource';

interface Claimed { name: string; type: string; definition: string }
interface Operation { name: string; definition: string }
interface ResourceClaims {
  type: string;
  interaction: { code: string }[];
  searchParam: Claimed[];
  searchInclude?: string[];
  searchRevInclude?: string[];
  operation?: Operation[];
  supportedProfile?: string[];
  conditionalDelete: string;
  [flag: string]: unknown;
}
interface Definition { code: string; system: boolean; type: boolean; instance: boolean; affectsState: boolean; resource: string[]; base?: string; url: string }

/** A value that each type of parameter takes. */
const VALUES: Readonly<Record<string, string>> = { token: 'x', string: 'x', date: '2024-01-02', reference: 'x', number: '1', quantity: '1', uri: 'http://example.org/x' };
/** Special parameters and others with a form of their own. */
const OWN_VALUES: Readonly<Record<string, string>> = { near: '1|2|3|km', _filter: '_id eq x', _list: 'x', _text: 'x', _content: 'x', _has: 'x' };

/** What nobody may answer who says they offer it. */
const UNANSWERED = [404, 405, 406, 415, 500, 501];

describe('every claim of the CapabilityStatement is kept', () => {
  let app: TestApp;
  let token: string;
  let components: Map<string, string[]>;
  let statement: { format: string[]; patchFormat: string[]; rest: [{ resource: ResourceClaims[]; interaction: { code: string }[]; searchParam: Claimed[]; operation: Operation[] }] };
  const types = new Map<string, string>();
  const definitions = new Map<string, Definition>();
  const instances = new Map<string, string>();

  beforeAll(async () => {
    app = await startApp();
    token = await staffToken(app);
    statement = (await app.request('GET', '/apis/default/fhir/metadata')).json;
    await learnParameters();
  });
  afterAll(() => app.stop());

  const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer> => app.request(method, `/apis/default/fhir/${path}`, { token, body, ...(headers && { headers }) });
  const claimsOf = (type: string): ResourceClaims => statement.rest[0].resource.find((one) => one.type === type)!;
  const short = (answer: TestAnswer): string => (answer.status < 300 ? '' : answer.text.slice(0, 300));

  /** Types and components of parameters, from the SearchParameters that are served. */
  async function learnParameters(): Promise<void> {
    components = new Map();
    for (let path: string | undefined = '/apis/default/fhir/SearchParameter?_count=200'; path; ) {
      const page: TestAnswer = await app.request('GET', path, { token });
      for (const { resource } of page.json.entry as { resource: { url: string; type: string; component?: { definition: string }[] } }[]) {
        types.set(resource.url, resource.type);
        if (resource.component) components.set(resource.url, resource.component.map(({ definition }) => definition));
      }
      path = page.json.link.find((link: { relation: string }) => link.relation === 'next')?.url;
    }
  }

  function sampleOf({ name, type, definition }: Claimed): string {
    if (OWN_VALUES[name]) return OWN_VALUES[name];
    if (type !== 'composite') return VALUES[type]!;
    return components.get(definition)!.map((component) => VALUES[types.get(component)!] ?? 'x').join('$');
  }

  it.each([...resourceTypes])('%s: interactions and conditions', async (type) => {
    const claims = claimsOf(type);
    expect(claims.interaction.map(({ code }) => code).sort()).toEqual(['create', 'delete', 'history-instance', 'history-type', 'patch', 'read', 'search-type', 'update', 'vread']);
    const resource = smallest(type);
    const created = await call('POST', type, resource);
    expect([created.status, short(created)]).toEqual([201, '']);
    const id = created.json.id as string;
    const read = await call('GET', `${type}/${id}`);
    expect(read.status).toBe(200);
    expect((await call('GET', `${type}/${id}`, undefined, { 'if-none-match': read.headers.get('etag')! })).status).toBe(304);
    expect((await call('GET', `${type}/${id}`, undefined, { 'if-modified-since': read.headers.get('last-modified')! })).status).toBe(304);
    expect((await call('POST', type, resource, { 'if-none-exist': `_id=${id}` })).status).toBe(200);
    expect((await call('PUT', `${type}?_id=${id}`, { ...read.json, language: 'en' })).status).toBe(200);
    const patched = await call('PATCH', `${type}/${id}`, JSON.stringify([{ op: 'replace', path: '/language', value: 'de' }]), { 'content-type': 'application/json-patch+json' });
    expect([patched.status, patched.json.language]).toEqual([200, 'de']);
    expect((await call('PUT', `${type}/${id}-new`.slice(0, type.length + 65), { ...resource, id: `${id}-new` })).status).toBe(201);
    expect((await call('GET', `${type}/${id}/_history/1`)).status).toBe(200);
    expect((await call('GET', `${type}/${id}/_history`)).json.total).toBe(3);
    expect((await call('GET', `${type}/_history`)).json.entry.length).toBeGreaterThan(3);
    expect((await call('DELETE', `${type}?_id=${id}`)).status).toBe(204);
    expect((await call('DELETE', `${type}/${id}-new`)).status).toBe(204);
  });

  it.each([...resourceTypes])('%s: search parameters, profiles and includes', async (type) => {
    const { searchParam, searchInclude = [], searchRevInclude = [], supportedProfile = [] } = claimsOf(type);
    expect(searchParam.length).toBeGreaterThan(2);
    const failed: string[] = [];
    const ask = async (query: string): Promise<void> => {
      const answer = await call('GET', `${type}?${query}`, undefined, { prefer: 'handling=strict' });
      if (answer.status !== 200) failed.push(`${query}: ${answer.status} ${short(answer)}`);
    };
    for (const parameter of searchParam) {
      expect([parameter.definition, types.has(parameter.definition)]).toEqual([parameter.definition, true]);
      await ask(`${parameter.name}=${encodeURIComponent(sampleOf(parameter))}`);
    }
    for (const profile of supportedProfile) await ask(`_profile=${profile}`);
    for (const [name, all] of [['_include', searchInclude], ['_revinclude', searchRevInclude]] as const) {
      for (let at = 0; at < all.length; at += 16) await ask(`_id=none&${all.slice(at, at + 16).map((include) => `${name}=${include}`).join('&')}`);
    }
    expect(failed).toEqual([]);
  });

  it('interactions and searches of the whole system', async () => {
    const [rest] = statement.rest;
    expect(rest.interaction.map(({ code }) => code).sort()).toEqual(['batch', 'history-system', 'search-system', 'transaction']);
    for (const type of ['transaction', 'batch']) expect((await call('POST', '', { resourceType: 'Bundle', type, entry: [{ request: { method: 'GET', url: 'Basic/none' } }] })).status).not.toBe(501);
    expect((await call('GET', '_history')).status).toBe(200);
    for (const parameter of rest.searchParam) {
      const answer = await call('GET', `?_type=Basic,Patient&${parameter.name}=${encodeURIComponent(sampleOf(parameter))}`, undefined, { prefer: 'handling=strict' });
      expect([parameter.name, answer.status, short(answer)]).toEqual([parameter.name, 200, '']);
    }
  });

  it('formats, of answers and of patches', async () => {
    for (const format of statement.format) expect([format, (await call('GET', `Basic?_format=${encodeURIComponent(format)}`)).status]).toEqual([format, 200]);
    const { id } = (await call('POST', 'Basic', smallest('Basic'))).json;
    for (const format of statement.patchFormat) {
      const answer = await call('PATCH', `Basic/${id}`, '', { 'content-type': format });
      expect([format, UNANSWERED.includes(answer.status)]).toEqual([format, false]);
    }
  });

  it('operations of the whole system, of types and of instances, with the definitions they name', async () => {
    const [rest] = statement.rest;
    const claims: [string, Operation][] = [...rest.operation.map((one): [string, Operation] => ['', one]), ...rest.resource.flatMap(({ type, operation = [] }) => operation.map((one): [string, Operation] => [type, one]))];
    expect(claims.length).toBeGreaterThan(100);
    const failed: string[] = [];
    for (const [type, { name, definition }] of claims) {
      const { code, affectsState, ...levels } = await definitionOf(definition);
      const places = await placesOf(type, levels);
      expect([type, name, code, places.length > 0]).toEqual([type, name, name, true]);
      for (const place of places) failed.push(...(await unanswered(`${place}$${name}`, affectsState)));
    }
    expect(failed).toEqual([]);
  });

  /** Where an operation is to be called: below the base, a type, or an instance. */
  async function placesOf(type: string, levels: Pick<Definition, 'system' | 'type' | 'instance'>): Promise<string[]> {
    if (type === '') return levels.system ? [''] : [];
    return [...(levels.type ? [`${type}/`] : []), ...(levels.instance ? [`${type}/${await instanceOf(type)}/`] : [])];
  }

  /** An operation may well say that what it was asked for is not there; not that it is not. */
  async function unanswered(path: string, affectsState: boolean): Promise<string[]> {
    const answer = affectsState ? await call('POST', path, { resourceType: 'Parameters' }) : await call('GET', path);
    const isSaid = answer.status === 404 && !/no operation|not offered|nothing at this address/.test(answer.text);
    return UNANSWERED.includes(answer.status) && !isSaid ? [`${path}: ${answer.status} ${short(answer)}`] : [];
  }

  /** Ours by its address; HL7’s by what is built on it here. */
  async function definitionOf(canonical: string): Promise<Definition> {
    const known = definitions.get(canonical);
    if (known) return known;
    const found = canonical.startsWith(app.url) ? await app.request('GET', canonical, { token }) : await call('GET', `OperationDefinition?base=${canonical}`);
    expect([canonical, found.status, short(found)]).toEqual([canonical, 200, '']);
    const definition = found.json.resourceType === 'Bundle' ? found.json.entry?.[0]?.resource : found.json;
    expect([canonical, definition?.resourceType]).toEqual([canonical, 'OperationDefinition']);
    definitions.set(canonical, definition as Definition);
    return definition as Definition;
  }

  async function instanceOf(type: string): Promise<string> {
    const id = instances.get(type) ?? ((await call('POST', type, smallest(type))).json.id as string);
    instances.set(type, id);
    return id;
  }

  it('code systems and parameters of the TerminologyCapabilities', async () => {
    const { codeSystem, expansion } = (await app.request('GET', '/apis/default/fhir/metadata?mode=terminology')).json as { codeSystem: { uri: string }[]; expansion?: { parameter: { name: string }[] } };
    for (let at = 0; at < codeSystem.length; at += 40) {
      const urls = codeSystem.slice(at, at + 40).map(({ uri }) => uri);
      const url = urls.map((one) => one.replaceAll(',', '\\,')).join(',');
      const found = await app.request('POST', '/apis/default/fhir/CodeSystem/_search', { token, form: { url, _elements: 'url', _count: '200' } });
      expect([found.status, short(found)]).toEqual([200, '']);
      expect(new Set((found.json.entry as { resource: { url: string } }[]).map(({ resource }) => resource.url)).size).toBe(urls.length);
    }
    const refused = await call('GET', 'ValueSet/administrative-gender/$expand?nonsense=x');
    expect(refused.status).toBe(400);
    for (const { name } of expansion?.parameter ?? []) {
      const answer = await call('GET', `ValueSet/administrative-gender/$expand?${name}=x`);
      expect([name, UNANSWERED.includes(answer.status)]).toEqual([name, false]);
    }
  });
});
