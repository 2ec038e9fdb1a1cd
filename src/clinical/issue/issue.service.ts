import { deepEqual } from '#libs/fhir';
import type { Config } from '../../config';
import type { Db, Sql } from '../../database';
import { context, noteAudit } from '../../kernel';
import { type Envelope, equalFilters, many, pageLinks, recordName, UnknownToDelete, unknownUuid, validateBody } from '../../standard';
import type { PatientKey, PatientService } from '../patient';
import type { IssueRow } from './issue.entity';
import type { IssueFilters } from './issue.filters';
import type { IssueRepository } from './issue.repository';
import { statusAfter } from './issue.status';
import { type IssueView, issueView } from './issue.view';

type Query = Record<string, unknown>;

/** What the routes of one kind of issue take and show. */
export interface IssueForm {
  /** Path segment of its routes, by which the audit names it. */
  name: string;
  dto: new () => object;
  mayBeEmpty: readonly string[];
  /** The list's query parameters, and the filter each stands for. */
  filters: Readonly<Record<string, (value: string) => IssueFilters>>;
  views(sql: Sql, rows: readonly IssueRow[]): Promise<IssueView[]>;
}

/** Issues of one kind through the standard API. One that is not the path's patient's is as if it did not exist. */
export abstract class IssueService {
  protected constructor(
    private readonly issues: IssueRepository,
    private readonly patients: PatientService,
    private readonly db: Db,
    private readonly config: Config,
    private readonly form: IssueForm,
  ) {}

  async list(query: Query, url: string): Promise<Envelope<IssueView[]>> {
    noteAudit('search', this.form.name);
    return this.envelope(await this.issues.find(this.filters(query)), query, url);
  }

  async listOfPatient(puuid: string, query: Query, url: string): Promise<Envelope<IssueView[]>> {
    const patient = await this.patients.byUuid(puuid);
    noteAudit('search', this.form.name);
    return this.envelope(await this.issues.find([{ pid: patient.pid }, ...this.filters(query)]), query, url);
  }

  async read(uuid: string): Promise<IssueView> {
    const row = await this.issues.byUuid(uuid);
    noteAudit('read', recordName(this.form.name, uuid), row?.patient_uuid);
    if (!row) throw unknownUuid(uuid);
    return this.view(row);
  }

  async readOfPatient(puuid: string, uuid: string, query: Query, url: string): Promise<Envelope<IssueView[]>> {
    const patient = await this.patients.byUuid(puuid);
    noteAudit('read', recordName(this.form.name, uuid));
    return this.envelope([await this.known(patient, uuid)], query, url);
  }

  async create(puuid: string, body: unknown): Promise<{ id: number; uuid: string }> {
    const columns = this.columns(body, false);
    const patient = await this.patients.byUuid(puuid);
    const row = await this.issues.store.create({ ...columns, patient_uuid: patient.uuid });
    return { id: row.id, uuid: row.uuid };
  }

  async update(puuid: string, uuid: string, body: unknown): Promise<IssueView> {
    const before = await this.known(await this.patients.byUuid(puuid), uuid);
    const columns = this.columns(editsOf(body, issueView(before)), true);
    const row = await this.issues.store.update(uuid, { ...columns, ...statusAfter(before, columns) });
    if (!row) throw unknownUuid(uuid);
    return this.view(row);
  }

  async remove(puuid: string, uuid: string): Promise<{ uuid: string }> {
    const row = await this.issues.byUuid(uuid);
    if (row?.patient_uuid !== puuid) throw new UnknownToDelete();
    context().audit.patient = puuid;
    if (!(await this.issues.store.remove(uuid))) throw new UnknownToDelete();
    return { uuid };
  }

  private columns(body: unknown, partial: boolean): Partial<IssueRow> {
    return validateBody(this.form.dto, body, { partial, mayBeEmpty: this.form.mayBeEmpty }) as Partial<IssueRow>;
  }

  private filters(query: Query): IssueFilters[] {
    const { filters } = this.form;
    return Object.entries(equalFilters(query, Object.keys(filters))).map(([name, value]) => filters[name]!(String(value)));
  }

  private async known(patient: PatientKey, uuid: string): Promise<IssueRow> {
    const row = await this.issues.byUuid(uuid);
    if (row?.patient_uuid !== patient.uuid) throw unknownUuid(uuid);
    return row;
  }

  private async envelope(rows: readonly IssueRow[], query: Query, url: string): Promise<Envelope<IssueView[]>> {
    const views = await this.form.views(await this.db.sql(), rows);
    return many(views, pageLinks(this.config.BASE_URL + url.split('?')[0]!, query, { limit: 0, offset: 0 }, false));
  }

  private async view(row: IssueRow): Promise<IssueView> {
    context().audit.patient = row.patient_uuid;
    const [view] = await this.form.views(await this.db.sql(), [row]);
    return view!;
  }
}

/** What a record sent back says anew: fields left as they were shown (codes expanded, days padded) are no input to judge. */
function editsOf(body: unknown, shown: IssueView): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => !deepEqual(value, shown[name])));
}
