import type { SiteDatabase } from '../../src/database';
import { chartTable } from '../floor/chart-table';

interface Stored {
  /** Surrogate key. */
  key: number;
  /** Logical id. */
  id: string;
}

/** A patient whose search fills a page, and one of their Observations. */
export interface SampleChart {
  patient: Stored;
  observation: Stored;
  category: string;
  /** The search asks for what happened since this day. */
  from: string;
}

const CATEGORY = 'vital-signs';
const FROM = '2015-01-01';
const MOST = 20;
const PAGE = 50;

const CHARTS = `
  SELECT c.patient, p.fhir_id AS id, c.observation, o.fhir_id AS observation_id
  FROM (SELECT patient, MIN(resource) AS observation FROM ${chartTable.name} WHERE category = ? AND starts >= ?
        GROUP BY patient HAVING COUNT(DISTINCT resource) >= ${PAGE}) c
  JOIN fhir_resource p ON p.id = c.patient JOIN fhir_resource o ON o.id = c.observation JOIN patient_data d ON d.uuid = p.fhir_id
  ORDER BY c.patient LIMIT ${MOST}`;

/** Patients with at least a page of matches; copies of the clinic have no row in the standard API and are left out. Throws where there is none. */
export async function sampleCharts(database: SiteDatabase): Promise<SampleChart[]> {
  const rows = await database.sql.query<{ patient: number; id: string; observation: number; observation_id: string }>(CHARTS, [CATEGORY, Date.parse(FROM)]);
  if (rows.length === 0) throw new Error(`No patient has ${PAGE} Observations of category ${CATEGORY}: raise BENCH_PATIENTS.`);
  return rows.map((row) => ({ patient: { key: row.patient, id: row.id }, observation: { key: row.observation, id: row.observation_id }, category: CATEGORY, from: FROM }));
}
