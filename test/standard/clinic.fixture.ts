import { randomUUID } from 'node:crypto';
import { AuditLog } from '../../src/audit';
import { Sites } from '../../src/database';
import { contextOrNone } from '../../src/kernel';
import { MysqlSql } from '../../src/database/mysql-sql';
import { SqliteSql } from '../../src/database/sqlite-sql';
import { staffToken } from '../harness/sign-in';
import { startApp, type TestAnswer, type TestApp } from '../harness/start-app';

export type Fields = Record<string, unknown>;

export interface NewPatient {
  pid: number;
  uuid: string;
}

/** One row of the audit trail as the database holds it. */
export type AuditRow = Record<string, string | number | null>;

/** The server's own bookkeeping: taking the write lock, and the audit rows of reads, which are stored later and together. */
const BOOKKEEPING = /SET next = next WHERE|audit_event/;

/** A running server with an administrator signed in, and the few things every test of the standard API does. */
export class Clinic {
  private constructor(
    readonly app: TestApp,
    readonly admin: string,
    /** The administrator's number among the practice's people (`users.id`). */
    readonly adminId: number,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<Clinic> {
    const app = await startApp(settings);
    const admin = await staffToken(app);
    const me = await app.request('GET', '/oauth2/default/userinfo', { token: admin });
    const [, id] = String(me.json.fhirUser).match(/Practitioner\/(.+)$/) ?? [];
    await app.request('PUT', `/apis/default/fhir/Practitioner/${id}`, { token: admin, body: { resourceType: 'Practitioner', id, name: [{ family: 'Staff', given: ['Test'] }] } });
    const [row] = await (await app.app.get(Sites).database('default')).sql.query<{ id: number }>('SELECT id FROM users WHERE uuid = ?', [id!]);
    return new Clinic(app, admin, row!.id);
  }

  stop(): Promise<void> {
    return this.app.stop();
  }

  /** A call below `/apis/default/api`, by the administrator unless said otherwise. */
  api(method: string, path: string, body?: unknown, token: string | null = this.admin): Promise<TestAnswer> {
    return this.send(method, `/apis/default/api${path}`, body, token);
  }

  /** A call below `/apis/default/fhir`. */
  fhir(method: string, path: string, body?: unknown, token: string | null = this.admin): Promise<TestAnswer> {
    return this.send(method, `/apis/default/fhir${path}`, body, token);
  }

  /** A call below `/apis/default/portal`. */
  portal(path: string, token: string | null): Promise<TestAnswer> {
    return this.send('GET', `/apis/default/portal${path}`, undefined, token);
  }

  async patient(fields: Fields = {}): Promise<NewPatient> {
    const answer = await this.api('POST', '/patient', { fname: 'Ada', lname: 'Lovelace', DOB: '1985-12-10', sex: 'Female', ...fields });
    if (answer.status !== 201) throw new Error(`Patient: ${answer.status} ${answer.text}`);
    return answer.json.data as NewPatient;
  }

  /** The encounter's full record. */
  async encounter(puuid: string, fields: Fields = {}): Promise<Fields & { eid: number; euuid: string }> {
    const answer = await this.api('POST', `/patient/${puuid}/encounter`, { pc_catid: '5', class_code: 'AMB', ...fields });
    if (answer.status !== 201) throw new Error(`Encounter: ${answer.status} ${answer.text}`);
    return answer.json.data;
  }

  async facility(fields: Fields = {}): Promise<{ id: number; uuid: string }> {
    return (await this.api('POST', '/facility', { name: 'North Clinic', facility_npi: '1234567893', ...fields })).json.data;
  }

  async practitioner(fields: Fields = {}): Promise<{ id: number; uuid: string }> {
    return (await this.api('POST', '/practitioner', { fname: 'Grace', lname: 'Hopper', npi: '1234567893', ...fields })).json.data;
  }

  /** Versions of a resource, newest first. */
  async versions(type: string, id: string): Promise<{ version: string; method: string }[]> {
    const { json } = await this.fhir('GET', `/${type}/${id}/_history`);
    return json.entry.map((entry: { resource?: { meta: { versionId: string } }; request: { method: string } }) => ({ version: entry.resource?.meta.versionId ?? '', method: entry.request.method }));
  }

  /** Calls with a request id of its own and returns the answer with the audit rows of exactly this request. */
  async audited(method: string, path: string, { body, token = this.admin }: { body?: unknown; token?: string | null } = {}): Promise<{ answer: TestAnswer; rows: AuditRow[] }> {
    const id = randomUUID();
    const answer = await this.app.request(method, path, { ...(token !== null && { token }), ...(body !== undefined && { body }), headers: { 'x-request-id': id } });
    return { answer, rows: await this.auditRows(id) };
  }

  async auditRows(requestId: string): Promise<AuditRow[]> {
    await this.flushAudit();
    return this.sql<AuditRow>('SELECT * FROM audit_event WHERE request_id = ?', [requestId]);
  }

  /** The row of an answer may still be on its way to the log when the answer arrives. */
  private async flushAudit(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 20));
    await this.app.app.get(AuditLog).flush();
  }

  async sql<Row>(text: string, params: (string | number)[] = []): Promise<Row[]> {
    return (await this.app.app.get(Sites).database('default')).sql.query<Row>(text, params);
  }

  /** The SQL statements that `work` causes, second time round: the first fills caches of tokens and statements. */
  async statements(work: () => Promise<unknown>): Promise<string[]> {
    await work();
    await this.flushAudit();
    const seen: string[] = [];
    // Jobs and sweepers have timers of their own; only requests are counted.
    const note = (text: string) => contextOrNone()?.http && seen.push(text);
    const spies = [SqliteSql, MysqlSql].flatMap(({ prototype }) => [
      ...(['query', 'rows', 'run'] as const).map((name) => spyOn(prototype, name, note)),
      spyOn(prototype, 'insert', (table) => note(`INSERT INTO ${table}`)),
    ]);
    await work();
    for (const restore of spies) restore();
    return seen.filter((text) => !BOOKKEEPING.test(text));
  }

  private send(method: string, path: string, body: unknown, token: string | null): Promise<TestAnswer> {
    return this.app.request(method, path, { ...(token !== null && { token }), ...(body !== undefined && { body }) });
  }
}

type SqlMethod = 'query' | 'rows' | 'run' | 'insert';

/** Calls go on as before; `note` hears the first argument of each. Returns what undoes it. */
function spyOn(prototype: SqliteSql | MysqlSql, name: SqlMethod, note: (first: string) => unknown): () => void {
  const methods = prototype as unknown as Record<SqlMethod, (first: string, ...rest: unknown[]) => unknown>;
  const original = methods[name];
  methods[name] = function noted(this: unknown, first: string, ...rest: unknown[]) {
    note(first);
    return original.call(this, first, ...rest);
  };
  return () => {
    methods[name] = original;
  };
}
