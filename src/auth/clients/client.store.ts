import { Injectable } from '@nestjs/common';
import { Db } from '../../database';
import { clock } from '../../kernel';
import { Sweep } from '../limits/sweep';
import { type ClientRow, clientOf, rowOf } from './client.row';
import type { OAuthClient } from './oauth-client';

/** Registrations nobody approved are forgotten after this long. */
const PENDING_DAYS = 30;

/** The applications registered at the current site. */
@Injectable()
export class ClientStore {
  constructor(
    private readonly db: Db,
    private readonly sweep: Sweep,
  ) {}

  /** Also finds clients that are not enabled: the caller decides what to say about them. */
  async find(clientId: string): Promise<OAuthClient | undefined> {
    return this.one('client_id', clientId);
  }

  async byRegistrationPath(path: string): Promise<OAuthClient | undefined> {
    return this.one('registration_path', path);
  }

  /** Newest first. */
  async list(): Promise<OAuthClient[]> {
    const rows = await (await this.db.sql()).query<ClientRow>('SELECT * FROM oauth_client ORDER BY registered_at DESC, client_id LIMIT 1000');
    return rows.map(clientOf);
  }

  async countPending(): Promise<number> {
    const [row] = await (await this.db.sql()).query<{ n: number }>('SELECT COUNT(*) AS n FROM oauth_client WHERE approved_at IS NULL');
    return Number(row?.n ?? 0);
  }

  async add(client: OAuthClient): Promise<void> {
    const row = rowOf(client);
    const expired = clock.now() - PENDING_DAYS * 86_400_000;
    await this.sweep.now('DELETE FROM oauth_client WHERE approved_at IS NULL AND registered_at < ?', [expired]);
    await this.db.transaction((tx) => tx.insert('oauth_client', Object.keys(row), [Object.values(row)]));
  }

  /** Returns false when there is no such client. Disabling is complete only when its grants end too: use Clients. */
  async setEnabled(clientId: string, enabled: boolean): Promise<boolean> {
    const approved = enabled ? clock.now() : null;
    return this.db.transaction(async (tx) => {
      const sql = 'UPDATE oauth_client SET enabled = ?, approved_at = COALESCE(approved_at, ?), revoked_at = NULL WHERE client_id = ?';
      return (await tx.run(sql, [enabled, approved, clientId])) === 1;
    });
  }

  async setSkipEhrLaunchAuthorizationFlow(clientId: string, skip: boolean): Promise<boolean> {
    const sql = 'UPDATE oauth_client SET skip_ehr_launch_authorization_flow = ? WHERE client_id = ?';
    return this.db.transaction(async (tx) => (await tx.run(sql, [skip, clientId])) === 1);
  }

  private async one(column: 'client_id' | 'registration_path', value: string): Promise<OAuthClient | undefined> {
    const [row] = await (await this.db.sql()).query<ClientRow>(`SELECT * FROM oauth_client WHERE ${column} = ?`, [value]);
    return row && clientOf(row);
  }
}
