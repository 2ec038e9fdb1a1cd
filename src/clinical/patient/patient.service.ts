import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config';
import { context, invalid, newUuid, noteAudit } from '../../kernel';
import { type BodyRules, changes, type Page, pageOf, recordName, unknownUuid, validateBody } from '../../standard';
import { patientColumns } from './patient.columns';
import { PatientDto, writableColumns } from './patient.dto';
import type { PatientRow } from './patient.entity';
import { type PatientKey, PatientRepository } from './patient.repository';
import { patientView, type PatientView, recordJson } from './patient.view';

const REQUIRED = ['fname', 'lname', 'DOB', 'sex'];

const RULES: BodyRules = { columns: writableColumns, specs: patientColumns, mayBeEmpty: [...writableColumns].filter((name) => !REQUIRED.includes(name)) };

/** Patients through the standard API, and the one place where a path's patient is looked up. */
@Injectable()
export class PatientService {
  constructor(
    private readonly patients: PatientRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async list(query: Record<string, unknown>, url: string): Promise<{ rows: PatientView[]; page: Page; more: boolean; url: string }> {
    noteAudit('search', 'patient');
    const page = pageOf(query);
    const { rows, more } = await this.patients.find(query, page);
    return { rows: rows.map(patientView), page, more, url: this.config.BASE_URL + url.split('?')[0]! };
  }

  /** The record as JSON. */
  async read(uuid: string): Promise<string> {
    noteAudit('read', recordName('patient', uuid));
    const record = await this.patients.record(uuid);
    if (!record) throw unknownUuid(uuid);
    context().audit.patient = record.uuid;
    return recordJson(record);
  }

  async create(body: unknown): Promise<{ pid: number; uuid: string }> {
    const fields = validateBody(PatientDto, body, RULES);
    const uuid = newUuid();
    context().audit.patient = uuid;
    const row = await this.patients.store.create({ ...(fields as Partial<PatientRow>), uuid });
    return { pid: row.pid, uuid: row.uuid };
  }

  async update(uuid: string, body: unknown): Promise<PatientView> {
    const fields = validateBody(PatientDto, body, { ...RULES, partial: true });
    const row = await this.patients.store.update(uuid, (before) => {
      context().audit.patient = before.uuid;
      return { ...(fields as Partial<PatientRow>), ...(changes(fields, before, 'providerID') && { provider_uuid: null }) };
    });
    if (!row) throw unknownUuid(uuid);
    return patientView(row);
  }

  /** The patient of a path by uuid; a stranger's and an unknown one are the same 400. */
  async byUuid(uuid: string): Promise<PatientKey> {
    const key = await this.patients.key({ uuid });
    if (!key) throw unknownUuid(uuid);
    context().audit.patient = key.uuid;
    return key;
  }

  /** The patient of a path by number, or undefined where there is none. */
  async byPid(pid: string): Promise<PatientKey | undefined> {
    const key = /^\d{1,15}$/.test(pid) ? await this.patients.key({ pid: Number(pid) }) : undefined;
    if (key) context().audit.patient = key.uuid;
    return key;
  }

  /** Refuses a path that names no patient, in the words of the numeric routes. */
  async requirePid(pid: string): Promise<PatientKey> {
    const key = await this.byPid(pid);
    if (!key) throw invalid('There is no such patient.', [{ path: 'pid', rule: 'Callback::INVALID_VALUE', message: 'pid is invalid' }]);
    return key;
  }
}
