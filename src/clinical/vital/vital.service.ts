import { Injectable } from '@nestjs/common';
import { Db } from '../../database';
import { context, noteAudit, sqlDateTime } from '../../kernel';
import { practitionerKeys } from '../../practice/practitioner';
import { BareInvalid, recordName, validateBody } from '../../standard';
import { type EncounterKey, EncounterRepository } from '../encounter';
import { PatientService } from '../patient';
import { vitalColumns } from './vital.columns';
import { VitalDto } from './vital.dto';
import type { VitalRow } from './vital.entity';
import { VitalRepository } from './vital.repository';
import { vitalView } from './vital.view';

/** Vital signs of an encounter through the standard API. A path that does not belong together is as if it were not there. */
@Injectable()
export class VitalService {
  constructor(
    private readonly vitals: VitalRepository,
    private readonly patients: PatientService,
    private readonly encounters: EncounterRepository,
    private readonly db: Db,
  ) {}

  async list(pid: string, eid: string): Promise<unknown[]> {
    const encounter = await this.encounter(pid, eid);
    noteAudit('search', 'vital');
    return encounter ? this.views(await this.vitals.ofEncounter(encounter.pid, encounter.encounter), encounter) : [];
  }

  async read(pid: string, eid: string, vid: string): Promise<unknown> {
    const encounter = await this.encounter(pid, eid);
    noteAudit('read', recordName('vital', vid));
    const row = encounter && (await this.row(encounter, vid));
    return row && (await this.views([row], encounter))[0];
  }

  async create(pid: string, eid: string, body: unknown): Promise<{ vid: number; fid: number }> {
    const fields = this.fields(body);
    const encounter = await this.encounter(pid, eid);
    if (!encounter) throw new BareInvalid([{ path: 'eid', rule: 'Callback::INVALID_VALUE', message: 'eid is invalid' }]);
    const row = await this.vitals.store.create({ date: sqlDateTime(), ...fields, patient_uuid: encounter.patient_uuid, encounter_uuid: encounter.uuid });
    return { vid: row.id, fid: row.form_id };
  }

  /** Undefined where the row is not one of this encounter. */
  async update(pid: string, eid: string, vid: string, body: unknown): Promise<{ vid: number } | undefined> {
    const fields = this.fields(body);
    const encounter = await this.encounter(pid, eid);
    const row = encounter && (await this.row(encounter, vid));
    if (!row) return undefined;
    await this.vitals.store.update(row.uuid, { date: sqlDateTime(), ...fields });
    return { vid: row.id };
  }

  private fields(body: unknown): Partial<VitalRow> {
    return validateBody(VitalDto, body, { partial: true, bare: true, specs: vitalColumns }) as Partial<VitalRow>;
  }

  private async encounter(pid: string, eid: string): Promise<EncounterKey | undefined> {
    const patient = await this.patients.byPid(pid);
    return patient && /^\d{1,15}$/.test(eid) ? this.encounters.key(patient.pid, Number(eid), context().access?.seesSensitive ?? false) : undefined;
  }

  private async row(encounter: EncounterKey, vid: string): Promise<VitalRow | undefined> {
    return /^\d{1,15}$/.test(vid) ? this.vitals.one(encounter.pid, encounter.encounter, Number(vid)) : undefined;
  }

  private async views(rows: readonly VitalRow[], encounter: EncounterKey): Promise<unknown[]> {
    const performers = await practitionerKeys(await this.db.sql(), 'uuid', rows.flatMap((row) => row.performer_uuid ?? []));
    return rows.map((row) => vitalView(row, encounter, performers.get(row.performer_uuid ?? '')));
  }
}
