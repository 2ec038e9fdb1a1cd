import { createTables, type SiteDatabase, type TableDefinition } from '../../src/database';

/** What someone would make who had to answer one search and no other: patient, category and time in one key. */
export const chartTable: TableDefinition = {
  name: 'bench_chart',
  columns: { patient: 'bigint!', category: 'string(128)!', starts: 'bigint!', resource: 'bigint!' },
  key: ['patient', 'category', 'resource', 'starts'],
};

const CreateChart = createTables(1, 'CreateChart', [chartTable]);

/** Creates the table and fills it from the search indexes. `category` and `date` are ids of search parameters. */
export async function fillChartTable(database: SiteDatabase, category: number, date: number): Promise<void> {
  const runner = database.dataSource.createQueryRunner();
  await new CreateChart().up(runner);
  await runner.query(
    `INSERT INTO ${chartTable.name} (patient, category, starts, resource)
     SELECT DISTINCT t.patient, t.code, d.lo, t.resource FROM fhir_index_token t
     JOIN fhir_index_date d ON d.patient = t.patient AND d.param = ${date} AND d.resource = t.resource
     WHERE t.param = ${category}`,
  );
  await runner.release();
}
