import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type FhirResource, parseJson } from '#libs/fhir';
import { staffToken } from '../harness/sign-in';
import { startApp, type TestApp } from '../harness/start-app';
import { readTar } from '../harness/tar';
import { itWhere } from '../harness/where';

const SHARED = join(__dirname, '..', '..', '..', 'shared');
const US_CORE = join(SHARED, 'fhir', 'hl7.fhir.us.core-8.0.0.tgz');
const SYNTHEA = join(SHARED, 'data', 'synthea');

/** Without what the server keeps. */
function given(resource: FhirResource): Record<string, unknown> {
  const { id: _id, meta, ...rest } = resource;
  const { versionId: _version, lastUpdated: _updated, ...kept } = meta ?? {};
  return { ...rest, ...(Object.keys(kept).length > 0 && { meta: kept }) };
}

describe('nothing is lost between a write and a read', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startApp({ SALUS_BODY_LIMIT: String(64 * 1024 * 1024) });
    token = await staffToken(app);
  });
  afterAll(() => app.stop());

  const fhir = (method: string, path: string, body?: string) => app.request(method, `/apis/default/fhir/${path}`, { token, body, headers: { 'content-type': 'application/fhir+json' } });

  const withPackage = itWhere(existsSync(US_CORE), 'the US Core 8.0.0 package is not beside the project');
  withPackage('every example of US Core 8.0.0 reads back as it was written', async () => {
    const examples = readTar(gunzipSync(readFileSync(US_CORE))).filter(({ name }) => /^package\/example\/.+\.json$/.test(name) && !name.endsWith('.index.json'));
    expect(examples.length).toBeGreaterThan(200);
    for (const { name, content } of examples) {
      const text = content.toString();
      const resource = JSON.parse(text) as FhirResource;
      const address = `${resource.resourceType}/${resource.id}`;
      const written = await fhir('PUT', address, text);
      expect([name, written.status, written.status === 201 ? '' : written.text.slice(0, 500)]).toEqual([name, 201, '']);
      const read = await fhir('GET', address);
      expect([name, given(JSON.parse(read.text) as FhirResource)]).toEqual([name, given(resource)]);
    }
  }, 120_000);

  const withPatients = itWhere(existsSync(SYNTHEA), 'the Synthea bundles are not beside the project');
  withPatients('every resource of the Synthea bundles reads back as it was written, but for the references a transaction rewrote', async () => {
    const files = readdirSync(SYNTHEA).filter((name) => name.endsWith('.json.gz')).sort();
    for (const file of files) {
      const bundle = parseJson(gunzipSync(readFileSync(join(SYNTHEA, file))).toString()) as { entry: { resource: FhirResource }[] };
      const answer = await fhir('POST', '', gunzipSync(readFileSync(join(SYNTHEA, file))).toString());
      expect([file, answer.status]).toEqual([file, 200]);
      const locations = (answer.json.entry as { response: { status: string; location: string } }[]).map((one) => one.response.location);
      const stored = await readAll(locations);
      bundle.entry.forEach(({ resource }, index) => {
        expect(withoutReferences(given(stored[index]!))).toEqual(withoutReferences(given(resource)));
      });
    }
  }, 300_000);

  async function readAll(locations: string[]): Promise<FhirResource[]> {
    const result: FhirResource[] = [];
    for (let at = 0; at < locations.length; at += 20) {
      const chunk = locations.slice(at, at + 20).map((one) => one.replace(/^.*\/fhir\//, '').replace(/\/_history.*$/, ''));
      result.push(...(await Promise.all(chunk.map(async (one) => parseJson((await fhir('GET', one)).text) as FhirResource))));
    }
    return result;
  }
});

/** A reference is compared as “a reference”: which one it became is the transaction's business and tested there. */
function withoutReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutReferences);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, name === 'reference' && typeof member === 'string' && !member.startsWith('#') ? 'a reference' : withoutReferences(member)]));
}
