import { Injectable } from '@nestjs/common';
import { Db, type Tx } from '../../database';
import { type Access, sqlDateTime } from '../../kernel';
import { TableStores } from '../../standard';
import { encounterKeys } from '../encounter';
import { vitalTable, type VitalRow } from './vital.entity';
import { vitalSource } from './vital.fhir';
import { VitalStore } from './vital.store';

const MOST_ROWS = 10_000;

/** Every query on `form_vitals`. */
@Injectable()
export class VitalRepository {
  readonly store: VitalStore;

  constructor(stores: TableStores, private readonly db: Db) {
    this.store = stores.open<VitalRow>({ table: vitalTable, source: vitalSource, defaults, complete }, VitalStore) as VitalStore;
  }

  /** Newest first. */
  async ofEncounter(pid: number, encounter: number): Promise<VitalRow[]> {
    return (await this.db.sql()).query<VitalRow>(`SELECT * FROM form_vitals WHERE pid = ? AND encounter = ? ORDER BY date DESC, id DESC LIMIT ${MOST_ROWS}`, [pid, encounter]);
  }

  async one(pid: number, encounter: number, id: number): Promise<VitalRow | undefined> {
    const [row] = await (await this.db.sql()).query<VitalRow>('SELECT * FROM form_vitals WHERE pid = ? AND encounter = ? AND id = ?', [pid, encounter, id]);
    return row;
  }
}

/** Charted by whoever is signed in. */
const defaults = (access: Access | undefined): Partial<VitalRow> => ({
  authorized: 1,
  activity: 1,
  groupname: 'Default',
  user: access?.actor.name ?? null,
  performer_uuid: /^Practitioner\/(.+)$/.exec(access?.actor.fhirUser ?? '')?.[1] ?? null,
  date: sqlDateTime(),
  date_created: sqlDateTime(),
});

/** Rows hang on an encounter; what is not one of this patient's cannot be held. */
async function complete(tx: Tx, rows: VitalRow[], fresh: boolean[]): Promise<boolean[]> {
  const encounters = await encounterKeys(tx, rows.map((row) => row.encounter_uuid));
  const count = fresh.filter(Boolean).length;
  let next = count > 0 ? await tx.numbers('form_vitals', count) : 0;
  return rows.map((row, index) => {
    const encounter = encounters.get(row.encounter_uuid);
    if (encounter?.patient_uuid !== row.patient_uuid) return false;
    row.pid = encounter.pid;
    row.encounter = encounter.encounter;
    if (fresh[index]) row.id = row.form_id = next++;
    row.last_updated = sqlDateTime();
    return true;
  });
}
