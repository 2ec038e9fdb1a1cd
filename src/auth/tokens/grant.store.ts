import { Injectable } from '@nestjs/common';
import { scopeWords } from '#libs/smart';
import { Db, type SqlValue, type SqlWriter } from '../../database';
import { clock, newUuid } from '../../kernel';
import type { Grant, GrantKind, LaunchDetails, NewGrant } from './grant';

type Row = Record<string, string | number | null>;

/** Columns a set of grants may be named by. */
export interface GrantSelection {
  id?: string;
  client_id?: string;
  account_kind?: GrantKind;
  account_id?: string;
  session_id?: string;
}

const text = (value: unknown): string | undefined => (value === null || value === undefined ? undefined : String(value));

@Injectable()
export class GrantStore {
  constructor(private readonly db: Db) {}

  async find(id: string): Promise<Grant | undefined> {
    const [row] = await (await this.db.sql()).query<Row>('SELECT * FROM oauth_grant WHERE id = ?', [id]);
    return row && grantOf(row);
  }

  /** Written in the caller's transaction, beside the code or tokens it is for. */
  async add(tx: SqlWriter, given: NewGrant): Promise<Grant> {
    const grant = { ...given, id: newUuid(), revoked: false };
    const row = rowOf(grant);
    await tx.insert('oauth_grant', Object.keys(row), [Object.values(row)]);
    return grant;
  }

  /** False when the grant has been revoked in the meantime: nothing may be issued from it then. */
  async touch(tx: SqlWriter, id: string): Promise<boolean> {
    return (await tx.run('UPDATE oauth_grant SET used_at = ? WHERE id = ? AND revoked_at IS NULL', [clock.now(), id])) === 1;
  }

  /** Ids of the grants revoked. An empty selection is a mistake, not "all". */
  async revoke(selection: GrantSelection, within?: SqlWriter): Promise<string[]> {
    const given = Object.entries(selection).filter(([, value]) => value !== undefined) as [string, string][];
    if (given.length === 0) throw new Error('Say which grants to revoke.');
    const where = given.map(([column]) => `${column} = ?`).join(' AND ');
    const values = given.map(([, value]) => value);
    const run = async (tx: SqlWriter) => {
      const rows = await tx.query<{ id: string }>(`SELECT id FROM oauth_grant WHERE ${where} AND revoked_at IS NULL`, values);
      if (rows.length > 0) await tx.run(`UPDATE oauth_grant SET revoked_at = ? WHERE ${where} AND revoked_at IS NULL`, [clock.now(), ...values]);
      return rows.map(({ id }) => id);
    };
    return within ? run(within) : this.db.transaction(run);
  }
}

function grantOf(row: Row): Grant {
  return {
    id: String(row.id),
    clientId: String(row.client_id),
    kind: row.account_kind as GrantKind,
    accountId: String(row.account_id),
    scopes: scopeWords(String(row.scope)),
    patient: text(row.patient),
    encounter: text(row.encounter),
    launch: JSON.parse(text(row.launch) ?? '{}') as LaunchDetails,
    nonce: text(row.nonce),
    authTime: Number(row.auth_time),
    sessionId: text(row.session_id),
    revoked: row.revoked_at !== null,
  };
}

function rowOf(grant: Grant): Record<string, SqlValue> {
  return {
    id: grant.id,
    client_id: grant.clientId,
    account_kind: grant.kind,
    account_id: grant.accountId,
    scope: grant.scopes.join(' '),
    patient: grant.patient ?? null,
    encounter: grant.encounter ?? null,
    launch: JSON.stringify(grant.launch),
    nonce: grant.nonce ?? null,
    auth_time: grant.authTime,
    session_id: grant.sessionId ?? null,
    created_at: clock.now(),
    used_at: clock.now(),
    revoked_at: null,
  };
}
