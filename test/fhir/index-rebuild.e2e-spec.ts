import type { FhirResource } from '#libs/fhir';
import { IndexRebuild, indexKinds } from '../../src/fhir/store';
import { type SearchWorld, searchWorld } from './search.fixture';

const RESOURCES: FhirResource[] = [
  { resourceType: 'Patient', id: 'a', name: [{ family: 'Ahl' }] },
  { resourceType: 'Patient', id: 'b', name: [{ family: 'Bo' }] },
  { resourceType: 'Observation', id: 'o', status: 'final', code: { coding: [{ code: 'x', display: 'X ray' }] }, subject: { reference: 'Patient/a' }, effectiveDateTime: '2024', component: [{ code: { coding: [{ code: 'c' }] }, valueQuantity: { value: 5 } }] },
  { resourceType: 'Appointment', id: 'both', status: 'booked', participant: [{ actor: { reference: 'Patient/a' }, status: 'accepted' }, { actor: { reference: 'Patient/b' }, status: 'accepted' }] },
  { resourceType: 'Location', id: 'l', name: 'L', position: { latitude: 1, longitude: 2 }, text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">by the river</div>' } },
  { resourceType: 'ValueSet', id: 'v', status: 'active', url: 'http://v' },
];

let world: SearchWorld;

beforeAll(async () => {
  world = await searchWorld();
  await world.put(...RESOURCES, { resourceType: 'Patient', id: 'gone' });
  await world.remove('Patient', 'gone');
});

afterAll(() => world.close());

const rows = (): Promise<unknown[]> => world.run(async () => {
  const sql = await world.db.sql();
  const all = await Promise.all(indexKinds.map((kind) => sql.query(`SELECT * FROM fhir_index_${kind}`)));
  return all.flat().map((row) => JSON.stringify(row)).sort();
});
const run = (statement: string): Promise<unknown> => world.run(() => world.db.transaction((tx) => tx.run(statement)));
const rebuild = (): Promise<number> => world.run(() => new IndexRebuild(world.db).run());

describe('IndexRebuild', () => {
  it('changes nothing where everything is in order', async () => {
    const before = await rows();
    expect(await rebuild()).toBe(RESOURCES.length);
    expect(await rows()).toEqual(before);
  });

  it('brings back what is lost, and takes away what is stray', async () => {
    const before = await rows();
    for (const kind of indexKinds) await run(`DELETE FROM fhir_index_${kind}`);
    await run("INSERT INTO fhir_index_token (patient, param, code, system, resource) SELECT patient, 1, 'stray', 0, id FROM fhir_resource WHERE fhir_id = 'a'");
    expect(await world.ids('Observation?component-code-value-quantity=c$5')).toEqual([]);
    await rebuild();
    expect(await rows()).toEqual(before);
    expect(await world.ids('Observation?component-code-value-quantity=c$5')).toEqual(['o']);
    expect(await world.ids('Location?_text=river&near=1|2')).toEqual(['l']);
  });
});
