import { Injectable } from '@nestjs/common';
import { covers } from '#libs/smart';
import { Db } from '../../database';
import { clock } from '../../kernel';
import type { AccountKind } from '../accounts/account';

/** An app that a person allowed in. */
export interface Consent {
  clientId: string;
  scopes: string[];
  remember: boolean;
  /** Epoch milliseconds. */
  givenAt: number;
}

type Person = { kind: AccountKind; id: string };
interface Row {
  client_id: string;
  scope: string;
  remember: number;
  given_at: number;
}

/** What people allowed apps: shown to them, taken back by them, and ended by signing out. */
@Injectable()
export class Consents {
  constructor(private readonly db: Db) {}

  /** The latest decision replaces the one before. */
  async record({ kind, id }: Person, clientId: string, scopes: readonly string[], remember: boolean): Promise<void> {
    const columns = ['account_kind', 'account_id', 'client_id', 'scope', 'remember', 'given_at'];
    await this.db.transaction(async (tx) => {
      await tx.run('DELETE FROM oauth_consent WHERE account_kind = ? AND account_id = ? AND client_id = ?', [kind, id, clientId]);
      await tx.insert('oauth_consent', columns, [[kind, id, clientId, scopes.join(' '), Number(remember), clock.now()]]);
    });
  }

  /** May the page be left out? Only if the person asked for that, and only within what they ticked then. */
  async isRemembered(person: Person, clientId: string, scopes: readonly string[]): Promise<boolean> {
    const [row] = await this.rows(person, 'AND client_id = ? AND remember = 1', [clientId]);
    if (!row) return false;
    const given = row.scope.split(' ');
    return scopes.every((scope) => given.includes(scope) || covers(given, scope));
  }

  async list(person: Person): Promise<Consent[]> {
    const rows = await this.rows(person, 'ORDER BY given_at DESC', []);
    return rows.map((row) => ({ clientId: row.client_id, scopes: row.scope.split(' '), remember: Boolean(row.remember), givenAt: Number(row.given_at) }));
  }

  /** True when there was one. Tokens are revoked by the caller. */
  async withdraw({ kind, id }: Person, clientId: string): Promise<boolean> {
    const gone = await this.db.transaction((tx) => tx.run('DELETE FROM oauth_consent WHERE account_kind = ? AND account_id = ? AND client_id = ?', [kind, id, clientId]));
    return gone > 0;
  }

  private async rows({ kind, id }: Person, tail: string, params: string[]): Promise<Row[]> {
    const sql = await this.db.sql();
    return sql.query<Row>(`SELECT client_id, scope, remember, given_at FROM oauth_consent WHERE account_kind = ? AND account_id = ? ${tail}`, [kind, id, ...params]);
  }
}
