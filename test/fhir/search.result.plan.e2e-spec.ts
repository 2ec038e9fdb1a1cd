import type { FhirResource } from '#libs/fhir';
import { type SearchWorld, searchWorld } from './search.fixture';

/** What a search of one chart reads must not grow with the population: it keeps to the clusters of that chart. */
describe('the plan of a search in one chart', () => {
  let world: SearchWorld;
  beforeAll(async () => {
    world = await searchWorld();
    await world.put({ resourceType: 'Patient', id: 'p1' });
    await world.put(...['a', 'b'].map((id): FhirResource => ({ resourceType: 'Observation', id, status: 'final', code: { coding: [{ code: 'x' }] }, subject: { reference: 'Patient/p1' }, effectiveDateTime: '2024-01-01', valueQuantity: { value: 5 } })));
  });
  afterAll(() => world.close());

  /** Steps of SQLite's plan that read a search index by anything but the patient. */
  async function strays(query: string): Promise<string[]> {
    const sql = (await world.run(() => world.db.here())).sql;
    const rows = jest.spyOn(sql, 'rows');
    await world.bundle(query);
    const [text, params] = rows.mock.calls.at(-1)!;
    rows.mockRestore();
    const steps = await sql.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, params);
    return steps.map(({ detail }) => detail).filter((detail) => /USING (COVERING )?INDEX .*fhir_index/.test(detail) && !/\(patient=/.test(detail));
  }

  it.each(['date=ge2024', 'date=gt2024-01-01', 'date=le2025', 'date=2024-01-01', 'date=eb2025', 'date=ne2020', 'value-quantity=gt3', 'value-quantity=sa3', 'value-quantity=5', 'code=x&date=ge2023', 'category:missing=true', 'code:not=y&date=lt2030', '_sort=-date'])('%s reads that chart alone', async (filter) => {
    if (process.env.DB === 'mysql') return;
    expect(await strays(`Observation?patient=p1&${filter}`)).toEqual([]);
  });

  it('a search of everybody’s may go by an index of all', async () => {
    if (process.env.DB === 'mysql') return;
    expect(await strays('Observation?date=gt2024-01-01')).not.toEqual([]);
  });
});
