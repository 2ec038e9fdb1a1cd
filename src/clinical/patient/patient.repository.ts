import { Injectable } from '@nestjs/common';
import { Db, placeholders, type Sql, type SqlValue, type Tx } from '../../database';
import { foldText, sqlDateTime } from '../../kernel';
import { type Page, type TableStore, TableStores } from '../../standard';
import { FOLDED, type PatientQuery, whereOf } from './patient.filters';
import { patientTable, type PatientRow } from './patient.entity';
import { patientSource } from './patient.fhir';
import { linkPeople } from './patient.links';
import { type PatientRecord, recordColumns } from './patient.view';

/** A patient as other domains need it. */
export interface PatientKey {
  pid: number;
  uuid: string;
}

/** No list is without a bound. */
const MOST_ROWS = 10_000;

/** Every query on `patient_data`. */
@Injectable()
export class PatientRepository {
  readonly store: TableStore<PatientRow>;

  constructor(stores: TableStores, private readonly db: Db) {
    this.store = stores.open<PatientRow>({ table: patientTable, source: patientSource, defaults: () => ({ regdate: sqlDateTime() }), complete });
  }

  async byUuid(uuid: string): Promise<PatientRow | undefined> {
    const [row] = await (await this.db.sql()).query<PatientRow>('SELECT * FROM patient_data WHERE uuid = ?', [uuid]);
    return row;
  }

  /** As `byUuid`, for a patient who is only shown. */
  async record(uuid: string): Promise<PatientRecord | undefined> {
    const [record] = await (await this.db.sql()).query<PatientRecord>(`SELECT ${recordColumns} FROM patient_data WHERE uuid = ?`, [uuid]);
    return record;
  }

  async find(query: PatientQuery, page: Page): Promise<{ rows: PatientRow[]; more: boolean }> {
    const { sql, params, order } = whereOf(query);
    const limit = page.limit || MOST_ROWS;
    const rows = await (await this.db.sql()).query<PatientRow>(`SELECT * FROM patient_data ${sql} ORDER BY ${order} LIMIT ${limit + 1} OFFSET ${page.offset}`, params);
    return { rows: rows.slice(0, limit), more: rows.length > limit };
  }

  /** By patient number or by uuid; undefined where there is no such patient. */
  async key(by: { pid: number } | { uuid: string }): Promise<PatientKey | undefined> {
    const [column, value]: [string, SqlValue] = 'pid' in by ? ['pid', by.pid] : ['uuid', by.uuid];
    const [row] = await (await this.db.sql()).query<PatientKey>(`SELECT pid, uuid FROM patient_data WHERE ${column} = ?`, [value]);
    return row;
  }
}

/** Patient numbers of logical ids; ids that are no patient here are missing from the result. */
export async function patientNumbers(sql: Sql, uuids: readonly string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const unique = [...new Set(uuids)];
  for (let at = 0; at < unique.length; at += 500) {
    const chunk = unique.slice(at, at + 500);
    const rows = await sql.query<PatientKey>(`SELECT pid, uuid FROM patient_data WHERE uuid IN (${placeholders(chunk.length)})`, chunk);
    for (const row of rows) found.set(row.uuid, row.pid);
  }
  return found;
}

/** New patients get the next numbers; folded columns follow what they fold. */
async function complete(tx: Tx, rows: PatientRow[], fresh: boolean[]): Promise<boolean[]> {
  const count = fresh.filter(Boolean).length;
  let next = count > 0 ? await tx.take('pid', count) : 0;
  for (const [index, row] of rows.entries()) {
    if (fresh[index]) {
      row.pid = next++;
      row.id = row.pid;
    }
    row.pubpid ??= String(row.pid);
    row.date = row.last_updated = sqlDateTime();
    const folded = row as unknown as Record<string, string | null>;
    for (const name of FOLDED) folded[`${name}_folded`] = folded[name] ? foldText(String(folded[name])).slice(0, 255) : null;
  }
  await linkPeople(tx, rows, fresh);
  return rows.map(() => true);
}
