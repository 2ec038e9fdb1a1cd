import type { SqlValue } from '../../database';

/** Conditions on issues, all of which must hold. Dates name a day, whatever time of it the column holds. */
export interface IssueFilters {
  pid?: number;
  patient?: string;
  id?: number;
  uuid?: string;
  title?: string;
  begdate?: string;
  enddate?: string;
  /** One stored code (`ICD10:E11.9`), alone or among others. */
  diagnosis?: string;
}

const CONDITION: Record<keyof IssueFilters, string> = {
  pid: 'pid = ?',
  patient: 'patient_uuid = ?',
  id: 'id = ?',
  uuid: 'uuid = ?',
  title: 'title = ?',
  begdate: 'SUBSTR(begdate, 1, 10) = ?',
  enddate: 'SUBSTR(enddate, 1, 10) = ?',
  // INSTR minds case on both databases, LIKE on one.
  diagnosis: "INSTR(CONCAT(';', diagnosis, ';'), ?) > 0",
};

/** ` AND …` for each filter that is set; values are bound. */
export function whereOf(all: readonly IssueFilters[]): { sql: string; params: SqlValue[] } {
  const set = all.flatMap((filters) => Object.entries(filters) as [keyof IssueFilters, string | number][]);
  return { sql: set.map(([name]) => ` AND ${CONDITION[name]}`).join(''), params: set.map(([name, value]) => (name === 'diagnosis' ? `;${value};` : value)) };
}

/** Of a patient named by number or by uuid; older clients send either under the same name. */
export const patientFilter = (value: string): Pick<IssueFilters, 'pid' | 'patient'> => (/^\d{1,15}$/.test(value) ? { pid: Number(value) } : { patient: value });
