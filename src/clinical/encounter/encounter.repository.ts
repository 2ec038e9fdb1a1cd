import { Injectable } from '@nestjs/common';
import { OFFICE_VISIT } from '#libs/terminology';
import { Db, placeholders, type Sql, type Tx } from '../../database';
import { sqlDateTime } from '../../kernel';
import { type TableStore, TableStores } from '../../standard';
import { patientNumbers } from '../patient';
import { encounterTable, type EncounterRow } from './encounter.entity';
import { encounterSource } from './encounter.fhir';
import { linkPeopleAndPlaces } from './encounter.links';

/** An encounter as the domains below it need it. */
export interface EncounterKey {
  encounter: number;
  uuid: string;
  pid: number;
  patient_uuid: string;
}

const KEY = 'encounter, uuid, pid, patient_uuid';
const MOST_ROWS = 10_000;

/** Every query on `form_encounter`. Rows labelled sensitive are left out unless the caller may see them. */
@Injectable()
export class EncounterRepository {
  readonly store: TableStore<EncounterRow>;

  constructor(stores: TableStores, private readonly db: Db) {
    this.store = stores.open<EncounterRow>({ table: encounterTable, source: encounterSource, defaults, complete });
  }

  async ofPatient(pid: number, seesSensitive: boolean): Promise<EncounterRow[]> {
    return (await this.db.sql()).query<EncounterRow>(`SELECT * FROM form_encounter WHERE pid = ? ${visible(seesSensitive)} ORDER BY encounter DESC LIMIT ${MOST_ROWS}`, [pid]);
  }

  async one(pid: number, uuid: string, seesSensitive: boolean): Promise<EncounterRow | undefined> {
    const [row] = await (await this.db.sql()).query<EncounterRow>(`SELECT * FROM form_encounter WHERE uuid = ? AND pid = ? ${visible(seesSensitive)}`, [uuid, pid]);
    return row;
  }

  /** The encounter of a path `/patient/:pid/encounter/:eid`; undefined unless it is that patient's. */
  async key(pid: number, encounter: number, seesSensitive: boolean): Promise<EncounterKey | undefined> {
    const [row] = await (await this.db.sql()).query<EncounterKey>(`SELECT ${KEY} FROM form_encounter WHERE pid = ? AND encounter = ? ${visible(seesSensitive)}`, [pid, encounter]);
    return row;
  }
}

/** Encounters by logical id, for domains whose rows hang on one. */
export async function encounterKeys(sql: Sql, uuids: readonly string[]): Promise<Map<string, EncounterKey>> {
  const found = new Map<string, EncounterKey>();
  const unique = [...new Set(uuids)];
  for (let at = 0; at < unique.length; at += 500) {
    const chunk = unique.slice(at, at + 500);
    const rows = await sql.query<EncounterKey>(`SELECT ${KEY} FROM form_encounter WHERE uuid IN (${placeholders(chunk.length)})`, chunk);
    for (const row of rows) found.set(row.uuid, row);
  }
  return found;
}

const visible = (seesSensitive: boolean): string => (seesSensitive ? '' : "AND (sensitivity IS NULL OR sensitivity <> 'high')");

const defaults = (): Partial<EncounterRow> => ({ date: sqlDateTime(), pc_catid: OFFICE_VISIT, sensitivity: 'normal', status: 'finished', last_level_billed: 0, last_level_closed: 0, stmt_count: 0, in_collection: 0 });

async function complete(tx: Tx, rows: EncounterRow[], fresh: boolean[]): Promise<boolean[]> {
  const patients = await patientNumbers(tx, rows.map((row) => row.patient_uuid));
  const held = rows.map((row) => patients.has(row.patient_uuid));
  const count = fresh.filter((isFresh, index) => isFresh && held[index]).length;
  let next = count > 0 ? await tx.take('encounter', count) : 0;
  for (const [index, row] of rows.entries()) {
    if (!held[index]) continue;
    row.pid = patients.get(row.patient_uuid)!;
    if (fresh[index]) row.encounter = row.id = next++;
    row.last_update = sqlDateTime();
  }
  await linkPeopleAndPlaces(tx, rows);
  return held;
}
