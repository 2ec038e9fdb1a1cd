import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FhirResource } from '#libs/fhir';
import { Importer, type ImportProgress, type ImportReport } from '../../src/fhir/import';
import { type OpenStore, openStore } from './open-store';
import { itWhere } from '../harness/where';

const NPI = 'http://hl7.org/fhir/sid/us-npi';
const SECRET = 'Verysecretname';

const patient = (id: string | undefined, extra: Record<string, unknown> = {}) => ({ resourceType: 'Patient', ...(id && { id }), ...extra });
const observation = (id: string, subject: string, extra: Record<string, unknown> = {}) => ({ resourceType: 'Observation', id, status: 'final', code: { text: 'pulse' }, subject: { reference: subject }, ...extra });
const bundle = (type: string, entry: unknown[]) => ({ resourceType: 'Bundle', type, entry });
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const post = (resource: { resourceType: string; id?: string }, request: Record<string, unknown> = {}) => ({ fullUrl: `urn:uuid:${resource.id}`, resource, request: { method: 'POST', url: resource.resourceType, ...request } });

describe(Importer.name, () => {
  let store: OpenStore;
  let importer: Importer;
  let folder: string;

  beforeAll(async () => {
    store = await openStore();
    importer = store.module.get(Importer);
  });
  afterAll(() => store.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'salus-import-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    const text = typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content);
    writeFileSync(path, text);
    return path;
  };
  const load = (...paths: string[]): Promise<ImportReport> => importer.importPaths('default', paths.length > 0 ? paths : [folder]);
  const stored = async (name: string): Promise<FhirResource | undefined> => {
    const [type, id] = name.split('/') as [string, string];
    const [row] = await store.query<{ body: Buffer }>('SELECT body FROM fhir_resource WHERE type = ? AND fhir_id = ? AND deleted = 0', [type, id]);
    return row && (JSON.parse(row.body.toString()) as FhirResource);
  };
  const versions = async (): Promise<number> => Number((await store.query<{ n: number }>('SELECT COUNT(*) AS n FROM fhir_history'))[0]!.n);

  it('keeps given ids, so that a second run changes nothing', async () => {
    file('a.json', bundle('transaction', [post(patient(uuid(1))), post(observation(uuid(2), `urn:uuid:${uuid(1)}`))]));
    expect(await load()).toMatchObject({ files: 1, created: 2, refused: 0, types: { Patient: 1, Observation: 1 } });
    expect((await stored(`Observation/${uuid(2)}`))!.subject).toEqual({ reference: `Patient/${uuid(1)}` });
    const before = await versions();
    expect(await load()).toMatchObject({ created: 0, updated: 0, unchanged: 2, refused: 0 });
    expect(await versions()).toBe(before);
  });

  it('takes the id of urn:uuid where the resource has none, and one that follows from the content where nothing is given', async () => {
    file('a.json', bundle('collection', [{ fullUrl: `urn:uuid:${uuid(3)}`, resource: patient(undefined) }, { resource: patient(undefined, { gender: 'other' }) }]));
    expect(await load()).toMatchObject({ created: 2 });
    expect(await stored(`Patient/${uuid(3)}`)).toBeDefined();
    expect(await load()).toMatchObject({ created: 0, unchanged: 2 });
  });

  it('brings what changed in the file up to date', async () => {
    file('a.ndjson', JSON.stringify(patient('upd')));
    await load();
    file('a.ndjson', JSON.stringify(patient('upd', { active: true })));
    expect(await load()).toMatchObject({ updated: 1, unchanged: 0 });
    expect(await stored('Patient/upd')).toMatchObject({ active: true });
  });

  it.each(['collection', 'searchset', 'document', 'batch', 'transaction'])('stores the resources of a Bundle of type %s', async (type) => {
    const entry = (resource: { resourceType: string; id?: string }) => (type === 'batch' || type === 'transaction' ? post(resource) : { resource });
    file('a.json', bundle(type, [entry(patient(`kind-${type}`))]));
    expect(await load()).toMatchObject({ created: 1, refused: 0 });
    expect(await stored(`Patient/kind-${type}`)).toBeDefined();
  });

  it('passes over the outcome that a searchset carries', async () => {
    file('a.json', bundle('searchset', [{ resource: { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'value' }] }, search: { mode: 'outcome' } }, { resource: patient('ss') }]));
    expect(await load()).toMatchObject({ created: 1, refused: 0, types: { Patient: 1 } });
  });

  it.each(['history', 'message', 'transaction-response'])('refuses a Bundle of type %s', async (type) => {
    file('a.json', { resourceType: 'Bundle', type });
    expect(await load()).toMatchObject({ refused: 1, refusals: [{ message: expect.stringContaining(type) }] });
  });

  it('reads plain and gzip files alike, by content and whatever the name, in folders within folders', async () => {
    file('one/a.json', patient('gz-1'));
    file('one/two/b.json.gz', gzipSync(JSON.stringify(bundle('collection', [{ resource: patient('gz-2') }]))));
    file('c.ndjson.gz', gzipSync(`${JSON.stringify(patient('gz-3'))}\n`));
    file('d.ndjson', gzipSync(`${JSON.stringify(patient('gz-4'))}\n`));
    file('README.md', 'not to be read');
    expect(await load()).toMatchObject({ files: 4, created: 4, refused: 0 });
  });

  it('loads master data first, whatever the files are called', async () => {
    file('0-chart.json', bundle('transaction', [post(patient('order-p', { generalPractitioner: [{ reference: `Practitioner?identifier=${NPI}|4242` }] }))]));
    file('z-people.json', bundle('batch', [post({ resourceType: 'Practitioner', id: 'order-d', identifier: [{ system: NPI, value: '4242' }] } as never)]));
    expect(await load()).toMatchObject({ created: 2, refused: 0 });
    expect(await stored('Patient/order-p')).toMatchObject({ generalPractitioner: [{ reference: 'Practitioner/order-d' }] });
  });

  it('makes logical references of master data literal where they name one resource, and leaves the others', async () => {
    const org = { resourceType: 'Organization', id: 'log-o', name: 'o', identifier: [{ system: 'urn:o', value: 'a|b,c' }] };
    const role = { resourceType: 'PractitionerRole', id: 'log-r', organization: { identifier: { system: 'urn:o', value: 'a|b,c' } }, practitioner: { identifier: { system: NPI, value: 'nobody' } } };
    file('a.json', bundle('batch', [post(role), post(org)]));
    await load();
    expect(await stored('PractitionerRole/log-r')).toMatchObject({ organization: { reference: 'Organization/log-o', identifier: { value: 'a|b,c' } }, practitioner: { identifier: { value: 'nobody' } } });
    expect((await stored('PractitionerRole/log-r'))!.practitioner).not.toHaveProperty('reference');
    expect(await load()).toMatchObject({ unchanged: 2 });
  });

  it('stores nothing of a transaction with one bad entry, and the other files all the same', async () => {
    file('a.json', bundle('transaction', [post(patient('half-1')), post(patient('half-2', { birthDate: 'never', name: [{ family: SECRET }] }))]));
    file('b.json', bundle('transaction', [post(patient('half-3'))]));
    const report = await load();
    expect(report).toMatchObject({ files: 2, created: 1, refused: 2 });
    expect(report.refusals).toEqual([{ file: join(folder, 'a.json'), entry: 1, expression: 'Bundle.entry[1].resource.birthDate', message: expect.any(String) }]);
    expect(JSON.stringify(report)).not.toContain(SECRET);
    expect(await stored('Patient/half-1')).toBeUndefined();
  });

  it('stores the good entries of a batch and says why not the others', async () => {
    file('a.json', bundle('batch', [post(patient('ba-1')), post(patient('ba-2', { gender: 'x' })), post(patient('ba-3', { generalPractitioner: [{ reference: `Practitioner?identifier=${NPI}|none` }] })), { request: { method: 'GET', url: 'Patient' } }]));
    const report = await load();
    expect(report).toMatchObject({ created: 1, refused: 3 });
    expect(report.refusals.map(({ entry, expression }) => [entry, expression])).toEqual([[1, 'Bundle.entry[1].resource.gender'], [3, 'Bundle.entry[3].request.method'], [2, 'Bundle.entry[2].resource']]);
  });

  it('reports bad lines of NDJSON by number and stores the others', async () => {
    const lines = [JSON.stringify(patient('nd-1')), '{"resourceType":"Patient"', '', JSON.stringify(patient('nd-2', { nonsense: SECRET })), JSON.stringify({ resourceType: 'Nonsense' }), JSON.stringify(observation('nd-3', 'urn:uuid:nowhere')), `${JSON.stringify(patient('nd-4'))}\r`];
    const path = file('a.ndjson', lines.join('\n'));
    const report = await load();
    expect(report).toMatchObject({ created: 2, refused: 4 });
    expect(report.refusals.map(({ line, expression }) => [line, expression])).toEqual([[2, undefined], [4, 'Patient.nonsense'], [5, 'Resource.resourceType'], [6, 'Observation']]);
    expect(report.refusals.every((refusal) => refusal.file === path)).toBe(true);
    expect(JSON.stringify(report)).not.toContain(SECRET);
  });

  it('takes a later line of the same id as a later version', async () => {
    file('a.ndjson', [patient('twice'), patient('twice', { active: true })].map((one) => JSON.stringify(one)).join('\n'));
    expect(await load()).toMatchObject({ created: 1, updated: 1 });
    expect(await stored('Patient/twice')).toMatchObject({ active: true, meta: { versionId: '2' } });
  });

  it('keeps raw line separators that stand within a string', async () => {
    file('a.ndjson', JSON.stringify(patient('u2028', { name: [{ family: 'a\u2028b' }] })));
    expect(await load()).toMatchObject({ created: 1, refused: 0 });
  });

  it.each([
    ['truncated JSON', 'a.json', '{"resourceType":"Bundle",'],
    ['no object', 'a.json', '[1]'],
    ['an empty file', 'a.json', ''],
    ['bytes that are not UTF-8', 'a.json', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['a damaged gzip', 'a.json.gz', gzipSync('{"resourceType":"Patient"}').subarray(0, 20)],
    ['an unknown element of the Bundle', 'a.json', JSON.stringify({ resourceType: 'Bundle', type: 'batch', colour: 'green' })],
  ])('reports a file with %s and goes on', async (_what, name, content) => {
    file(name, content);
    file('z.json', patient('goes-on'));
    const report = await load();
    expect(report).toMatchObject({ files: 2, refused: 1, refusals: [{ file: join(folder, name) }] });
    expect(report.created + report.unchanged).toBe(1);
  });

  it.each([['a path that is not there', 'nowhere'], ['an empty folder', '.'], ['a file of another kind', 'a.csv']])('refuses %s', async (_what, name) => {
    if (name === 'a.csv') file(name, 'x');
    await expect(load(join(folder, name))).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('imports many lines in batches, and tells how far it is', async () => {
    file('a.ndjson', Array.from({ length: 1201 }, (_, n) => JSON.stringify(patient(`many-${n}`))).join('\n'));
    const heard: ImportProgress[] = [];
    const report = await importer.importPaths('default', [folder], { onProgress: (progress) => heard.push(structuredClone(progress)) });
    expect(report).toMatchObject({ created: 1201, refused: 0 });
    const last = heard.at(-1)!;
    expect(last).toMatchObject({ files: { done: 1, all: 1 }, stored: 1201, bytes: { done: last.bytes.all } });
  });

  const SYNTHEA = resolve(__dirname, '../../../shared/data/synthea');
  const withSynthea = itWhere(existsSync(SYNTHEA), 'the Synthea bundles are not beside the project');

  withSynthea('loads the Synthea patients completely, and a second time changes nothing', async () => {
    const first = await load(SYNTHEA);
    expect(first.refusals).toEqual([]);
    expect(first).toMatchObject({ files: 17, created: 9760, refused: 0 });
    expect(first.types).toEqual({
      AllergyIntolerance: 38, CarePlan: 65, CareTeam: 65, Claim: 963, Condition: 194, Device: 12, DiagnosticReport: 803, DocumentReference: 502, Encounter: 502, ExplanationOfBenefit: 502,
      ImagingStudy: 1, Immunization: 217, Location: 194, Medication: 9, MedicationAdministration: 9, MedicationRequest: 461, Observation: 4009, Organization: 194, Patient: 15, Practitioner: 195,
      PractitionerRole: 195, Procedure: 431, Provenance: 15, SupplyDelivery: 169,
    });
    const loose = await store.query('SELECT id FROM fhir_index_reference i JOIN fhir_resource r ON r.id = i.resource WHERE i.target LIKE ? OR i.target LIKE ?', ['urn:uuid:%', '%?identifier=%']);
    expect(loose).toEqual([]);
    const before = await versions();
    expect(await load(SYNTHEA)).toMatchObject({ created: 0, updated: 0, unchanged: 9760, refused: 0 });
    expect(await versions()).toBe(before);
    process.stderr.write(`import: ${Math.round(9760 / (first.milliseconds / 1000))} resources/s\n`);
  }, 120_000);
});
