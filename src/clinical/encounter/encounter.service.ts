import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config';
import { Db } from '../../database';
import { context, forbidden, invalid, isUuid, noteAudit } from '../../kernel';
import { practitionerKeys } from '../../practice/practitioner';
import { type BodyRules, changes, type Envelope, many, pageLinks, recordName, unknownUuid, validateBody } from '../../standard';
import { type PatientKey, PatientService } from '../patient';
import { encounterColumns } from './encounter.columns';
import { EncounterDto, EncounterUpdateDto, writableColumns } from './encounter.dto';
import type { EncounterRow } from './encounter.entity';
import { EncounterRepository } from './encounter.repository';
import { type EncounterView, encounterViews } from './encounter.view';

const RULES: BodyRules = { columns: writableColumns, specs: encounterColumns, mayBeEmpty: [...writableColumns].filter((name) => name !== 'pc_catid' && name !== 'class_code') };

/** Encounters of a patient through the standard API. */
@Injectable()
export class EncounterService {
  constructor(
    private readonly encounters: EncounterRepository,
    private readonly patients: PatientService,
    private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Newest first; none is “not found”, as the API's clients expect. */
  async list(puuid: string, query: Record<string, unknown>, url: string): Promise<Envelope<EncounterView[]>> {
    const patient = await this.patients.byUuid(puuid);
    noteAudit('search', 'encounter');
    const rows = await this.encounters.ofPatient(patient.pid, seesSensitive());
    const views = await encounterViews(await this.db.sql(), rows);
    return many(views, pageLinks(this.config.BASE_URL + url.split('?')[0]!, query, { limit: 0, offset: 0 }, false));
  }

  /** Undefined where the patient has no such encounter; throws for what is no uuid at all. */
  async read(puuid: string, euuid: string): Promise<EncounterView | undefined> {
    const patient = await this.patients.byUuid(puuid);
    noteAudit('read', recordName('encounter', euuid));
    const row = await this.encounters.one(patient.pid, euuid, seesSensitive());
    if (!row && !isUuid(euuid)) throw unknownUuid(euuid);
    return row && this.view(row);
  }

  async create(puuid: string, body: unknown): Promise<EncounterView> {
    const fields = validateBody(EncounterDto, body, RULES) as Partial<EncounterRow>;
    const patient = await this.patients.byUuid(puuid);
    return this.view(await this.encounters.store.create({ ...fields, patient_uuid: patient.uuid }));
  }

  async update(puuid: string, euuid: string, body: unknown): Promise<EncounterView> {
    const { user, group, ...fields } = validateBody(EncounterUpdateDto, body, { ...RULES, partial: true });
    await this.requireUser(user, group);
    const patient = await this.patients.byUuid(puuid);
    const before = await this.editable(patient, euuid);
    const row = await this.encounters.store.update(before.uuid, (row) => ({ ...(fields as Partial<EncounterRow>), ...relinked(fields, row) }));
    if (!row) throw unknownUuid(euuid);
    return this.view(row);
  }

  async view(row: EncounterRow): Promise<EncounterView> {
    const [view] = await encounterViews(await this.db.sql(), [row]);
    return view!;
  }

  private async editable(patient: PatientKey, euuid: string): Promise<EncounterRow> {
    const row = await this.encounters.one(patient.pid, euuid, true);
    if (!row) throw unknownUuid(euuid);
    if (row.sensitivity === 'high' && !seesSensitive()) throw forbidden('This encounter is marked sensitive.');
    return row;
  }

  private async requireUser(user: unknown, group: unknown): Promise<void> {
    const problems = [['user', user], ['group', group]].filter(([, value]) => value === undefined || value === null);
    if (problems.length > 0) {
      throw invalid('The input is not valid.', problems.map(([path]) => ({ path: path as string, rule: 'Required::NON_EXISTENT_KEY', message: `${path} must be provided, but does not exist` })));
    }
    const known = await practitionerKeys(await this.db.sql(), 'username', [String(user)]);
    if (known.size === 0 && context().access?.actor.name !== user) throw invalid('There is no such user.', [{ path: 'user', rule: 'Callback::INVALID_VALUE', message: 'user is invalid' }]);
  }
}

const seesSensitive = (): boolean => context().access?.seesSensitive ?? false;

/** A number that changes takes its logical id along. */
function relinked(fields: Record<string, unknown>, before: EncounterRow): Partial<EncounterRow> {
  return {
    ...(changes(fields, before, 'facility_id') && { facility_uuid: null, location_uuid: null }),
    ...(changes(fields, before, 'provider_id') && { provider_uuid: null }),
    ...(changes(fields, before, 'referring_provider_id') && { referrer_uuid: null }),
    ...(changes(fields, before, 'class_code') && { class_display: null }),
  };
}
