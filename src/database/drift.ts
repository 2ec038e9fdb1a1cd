import type { DataSource } from 'typeorm';

/** Statements that would still be needed to make the live schema equal to the entities; none when migrations are complete. */
export async function schemaDrift(dataSource: DataSource): Promise<string[]> {
  const sql = await dataSource.driver.createSchemaBuilder().log();
  return sql.upQueries.map((query) => query.query);
}
