import { demoClinic } from '#libs/demo';
import { type FhirResource, validateResource } from '#libs/fhir';
import { Db } from '../../src/database';
import { Importer } from '../../src/fhir/import';
import { type RegisteredSource, SourceRegistry } from '../../src/fhir/store';
import { runInContext } from '../../src/kernel';
import { startApp, type TestApp } from '../harness/start-app';

type Row = Record<string, unknown> & { uuid: string };

/** Rows of a clinic, as its domains keep them. */
const ROWS_OF_EACH = 25;

/** Columns that a domain never leaves empty: required of who writes, or given by the server. */
const NEVER_EMPTY: Readonly<Record<string, readonly string[]>> = {
  allergy: ['activity'],
  facility: ['name'],
  medical_problem: ['activity'],
  patient: ['pubpid'],
  vital: ['date'],
};

describe('what is rendered is valid', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
    const report = await app.app.get(Importer).importBundles('default', demoClinic({ patients: 3 }), 'test');
    expect(report.refusals).toEqual([]);
  }, 120_000);
  afterAll(() => app.stop());

  const registered = (): RegisteredSource[] => app.app.get(SourceRegistry, { strict: false }).all();

  async function rowsOf({ source, store }: RegisteredSource): Promise<Row[]> {
    return runInContext({ requestId: 'test', site: 'default', audit: {} }, async () => {
      const sql = await app.app.get(Db, { strict: false }).sql();
      const keys = await sql.query<{ source_key: string }>(`SELECT DISTINCT source_key FROM fhir_resource WHERE source = ? AND deleted = 0 LIMIT ${ROWS_OF_EACH}`, [source.key]);
      return [...(await store.load(sql, keys.map((one) => one.source_key))).values()] as unknown as Row[];
    });
  }

  const faults = (source: string, resource: FhirResource): string[] => validateResource(resource).map((issue) => `${source}: ${issue.expression} ${issue.diagnostics} ${issue.profile ?? ''}`);

  it('by every domain, from each of its rows, whatever of its columns is empty', async () => {
    const found = new Set<string>();
    const rendered = new Map<string, number>();
    for (const one of registered()) {
      for (const row of await rowsOf(one)) {
        for (const resource of rendering(one, row)) {
          rendered.set(one.source.key, (rendered.get(one.source.key) ?? 0) + 1);
          for (const fault of faults(one.source.key, resource)) found.add(fault);
        }
      }
    }
    expect([...found]).toEqual([]);
    expect([...rendered.keys()].sort()).toEqual(registered().map(({ source }) => source.key).sort());
  });

  it('by the demo clinic, with the profiles it claims', () => {
    const claimed = new Set<string>();
    for (const { entry } of demoClinic({ patients: 12 })) {
      for (const { resource } of entry) {
        expect(faults('demo', resource)).toEqual([]);
        for (const profile of resource.meta?.profile ?? []) claimed.add(profile);
      }
    }
    expect(claimed.size).toBeGreaterThan(40);
  });
});

/** The resources of a row, as it is and with each of its columns empty that may be so. */
function rendering({ source }: RegisteredSource, row: Row): FhirResource[] {
  const sparse = Object.keys(row).filter((name) => row[name] !== null && !NEVER_EMPTY[source.key]?.includes(name)).map((name) => ({ ...row, [name]: null }));
  return [row, ...sparse].flatMap((one) => {
    try {
      return source.toFhir(one).map(({ resource }) => resource);
    } catch {
      // A column that is never empty.
      return [];
    }
  });
}
