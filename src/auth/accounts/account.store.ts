import { Injectable } from '@nestjs/common';
import { Db, type SqlValue } from '../../database';
import { clock, newUuid } from '../../kernel';
import type { Account, AccountKind, NewAccount } from './account';

type Row = Record<string, string | number | null>;

const TABLE: Record<AccountKind, string> = { users: 'account', patient: 'portal_account' };
const text = (value: unknown): string | undefined => (value === null || value === undefined ? undefined : String(value));

/** Accounts of the current site, as stored. */
@Injectable()
export class AccountStore {
  constructor(private readonly db: Db) {}

  async byId(kind: AccountKind, id: string): Promise<Account | undefined> {
    return (await this.one(kind, 'id', id))?.account;
  }

  /** With the stored password hash, for the one place that verifies it. */
  async byUsername(kind: AccountKind, username: string): Promise<{ account: Account; passwordHash: string } | undefined> {
    return this.one(kind, 'username', username);
  }

  async list(kind: AccountKind): Promise<Account[]> {
    const rows = await (await this.db.sql()).query<Row>(`SELECT * FROM ${TABLE[kind]} ORDER BY username LIMIT 1000`);
    return rows.map((row) => accountOf(kind, row));
  }

  async add(given: NewAccount, passwordHash: string): Promise<Account> {
    const row = newRow(given, passwordHash);
    await this.db.transaction((tx) => tx.insert(TABLE[given.kind], Object.keys(row), [Object.values(row)]));
    return accountOf(given.kind, row as Row);
  }

  async setPasswordHash(kind: AccountKind, id: string, hash: string): Promise<boolean> {
    return this.update(kind, id, { password_hash: hash, password_changed_at: clock.now() });
  }

  async setEnabled(kind: AccountKind, id: string, enabled: boolean): Promise<boolean> {
    return this.update(kind, id, { enabled });
  }

  private async update(kind: AccountKind, id: string, values: Record<string, SqlValue>): Promise<boolean> {
    const set = Object.keys(values).map((column) => `${column} = ?`).join(', ');
    return this.db.transaction(async (tx) => (await tx.run(`UPDATE ${TABLE[kind]} SET ${set} WHERE id = ?`, [...Object.values(values), id])) === 1);
  }

  private async one(kind: AccountKind, column: 'id' | 'username', value: string) {
    const [row] = await (await this.db.sql()).query<Row>(`SELECT * FROM ${TABLE[kind]} WHERE ${column} = ?`, [value]);
    return row && { account: accountOf(kind, row), passwordHash: String(row.password_hash) };
  }
}

function accountOf(kind: AccountKind, row: Row): Account {
  const patient = text(row.patient);
  return {
    kind,
    id: String(row.id),
    username: String(row.username),
    displayName: String(row.display_name),
    given: text(row.given),
    family: text(row.family),
    email: text(row.email),
    phone: text(row.phone),
    address: text(row.address),
    enabled: Boolean(Number(row.enabled)),
    passwordChangedAt: Number(row.password_changed_at),
    group: text(row.acl_group),
    fhirUser: kind === 'patient' ? `Patient/${patient}` : String(row.fhir_user),
    patient,
  };
}

function newRow(given: NewAccount, passwordHash: string): Record<string, SqlValue> {
  const id = given.id ?? newUuid();
  const now = clock.now();
  const own: Record<string, SqlValue> = given.kind === 'patient' ? { patient: given.patient! } : { acl_group: given.group!, fhir_user: given.fhirUser ?? `Person/${id}` };
  return {
    id,
    username: given.username,
    password_hash: passwordHash,
    enabled: true,
    display_name: given.displayName,
    given: given.given ?? null,
    family: given.family ?? null,
    email: given.email ?? null,
    phone: given.phone ?? null,
    address: given.address ?? null,
    created_at: now,
    password_changed_at: now,
    ...own,
  };
}
