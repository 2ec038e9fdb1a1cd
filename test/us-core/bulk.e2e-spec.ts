import { demoClinic, type DemoEdition, demoTrialGroupId } from '#libs/demo';
import type { FhirResource } from '#libs/fhir';
import { Importer } from '../../src/fhir/import';
import { BulkApp, type Exported, idsOf } from '../bulk/bulk.fixture';
import { UsCorePackage, VERSIONS } from './package';
import { Profile } from './profile';
import { requirementsOf } from './requirements';
import { itWhere } from '../harness/where';

/** Found by search and kept by nobody's chart. */
const NOT_EXPORTED = new Set(['Questionnaire', 'ValueSet']);

let bulk: Promise<BulkApp> | undefined;
const trials = new Map<DemoEdition, Promise<{ exported: Exported; group: FhirResource }>>();
afterAll(async () => (await bulk)?.stop());

async function open(): Promise<BulkApp> {
  const started = await BulkApp.start();
  await started.app.app.get(Importer).importBundles('default', demoClinic(), 'demo clinic');
  return started;
}

/** Exported once, for all versions that the charts follow. */
function trial(edition: DemoEdition): Promise<{ exported: Exported; group: FhirResource }> {
  bulk ??= open();
  const made = trials.get(edition) ?? bulk.then((app) => exportOf(app, edition));
  trials.set(edition, made);
  return made;
}

async function exportOf(app: BulkApp, edition: DemoEdition): Promise<{ exported: Exported; group: FhirResource }> {
  const token = await (await app.client('system/*.rs')).token();
  const exported = await app.export(token, `Group/${demoTrialGroupId(edition)}/$export`);
  for (const [type, some] of exported.lines) if (some.length === 0 || idsOf(some).size === 0) throw new Error(`The file of ${type} is empty.`);
  const { json } = await app.app.request('GET', `/apis/default/fhir/Group/${demoTrialGroupId(edition)}`, { token });
  return { exported, group: json as FhirResource };
}

/** Of each profile, and of each of its must-support elements, some line of the export tells ((g)(10), multi-patient API). */
describe.each(VERSIONS)('an export of the trial charts of US Core %s', (version) => {
  if (!UsCorePackage.isThere(version)) {
    itWhere(false, `the package of US Core ${version} is not beside the project`)('has a package to be checked against', () => {});
    return;
  }
  const defined = UsCorePackage.open(version);
  const needs = requirementsOf(defined).filter(({ type }) => !NOT_EXPORTED.has(type));
  const edition: DemoEdition = version === '7.0.0' ? '6.1.0' : version;
  let lines: Map<string, FhirResource[]>;
  let members: string[];
  beforeAll(async () => {
    const { exported, group } = await trial(edition);
    lines = new Map([...exported.lines].map(([type, some]) => [type, some.map((line) => JSON.parse(line) as FhirResource)]));
    members = (group.member as { entity: { reference: string } }[]).map(({ entity }) => entity.reference.slice('Patient/'.length)).sort();
  }, 180_000);

  it('holds its patients and no others', () => expect((lines.get('Patient') ?? []).map(({ id }) => id).sort()).toEqual(members));

  for (const url of needs.flatMap(({ profiles }) => profiles).filter((one) => defined.structures.has(one))) {
    const profile = new Profile(defined, url);
    it(`shows ${profile.name} whole`, () => {
      const found = (lines.get(profile.type) ?? []).filter((one) => profile.selects(one));
      expect(found.length).toBeGreaterThan(0);
      expect(profile.mustSupports().filter(({ isIn }) => !found.some(isIn)).map(({ name }) => name)).toEqual([]);
    });
  }
});
