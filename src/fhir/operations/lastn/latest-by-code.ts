import { searchParameter, tokenTextParam } from '#libs/fhir';
import type { Selection } from '../../search/compile/selection';
import { all, type Fragment, isIn, joined, name, sql, TRUE, wholeNumber } from '../../search/sql/fragment';
import { dateTable, stringTable, tokenTable } from '../../store/tables';

const CODE = searchParameter('Observation', 'code')!.id;
const DATE = searchParameter('Observation', 'date')!.id;

/**
 * Keys of the latest `max` of what was found (alias `r`) for each code, in the order of codes, newest first. An Observation
 * with several codes counts for each of them; one without any is told apart by its text. What has no date is the oldest.
 */
export function latestByCode({ from, where, chart }: Selection, max: number, limit: number): Fragment {
  const found = sql`SELECT r.id FROM ${from} WHERE ${where}`;
  const inChart = (param: number): Fragment => all([chart ? isIn(name('t.patient'), chart) : TRUE, sql`t.param = ${param}`]);
  const coded = sql`SELECT t.code AS code, t.system AS system, t.resource AS resource FROM ${name(tokenTable.name)} t WHERE ${inChart(CODE)} AND t.resource IN (${found})`;
  const told = sql`SELECT t.folded AS code, -1 AS system, t.resource AS resource FROM ${name(stringTable.name)} t WHERE ${inChart(tokenTextParam(CODE))} AND t.resource IN (${found})
    AND t.resource NOT IN (SELECT t.resource FROM ${name(tokenTable.name)} t WHERE ${inChart(CODE)})`;
  const dates = sql`SELECT t.resource AS resource, MAX(t.lo) AS at FROM ${name(dateTable.name)} t WHERE ${inChart(DATE)} GROUP BY t.resource`;
  const numbered = sql`SELECT g.code, g.system, g.resource, ROW_NUMBER() OVER (PARTITION BY g.code, g.system ORDER BY d.at IS NULL, d.at DESC, g.resource DESC) AS n
    FROM (${joined([coded, told], ' UNION ALL ')}) g LEFT JOIN (${dates}) d ON d.resource = g.resource`;
  const latest = sql`SELECT m.resource, MIN(m.code) AS code, MIN(m.n) AS n FROM (${numbered}) m WHERE m.n <= ${max} GROUP BY m.resource`;
  return sql`SELECT l.resource FROM (${latest}) l ORDER BY l.code, l.n, l.resource LIMIT ${wholeNumber(limit)}`;
}
