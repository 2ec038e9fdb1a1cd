import { Injectable } from '@nestjs/common';
import { Db, type Tx } from '../../database';
import { clock, randomToken, tokenHash } from '../../kernel';
import type { AccountKind } from '../accounts/account';
import { Sweep } from './sweep';

const MINUTE = 60_000;
/** A handle outlives the opening of an app's page, not the visit (SMART App Launch 2.2, “launch from EHR”). */
const HANDLE_LIFE = 5 * MINUTE;
const KEPT_AFTERWARDS = 24 * 60 * MINUTE;

/** What the EHR was showing when it opened the app. */
export interface LaunchContext {
  patient?: string;
  encounter?: string;
  /** Where in the EHR the app was opened from, e.g. `patient.demographics.dialog`. */
  intent?: string;
  appointment?: string;
}

/** A launch that has not been used: who may use it, and what it conveys. */
export interface Launch {
  /** Hash of the handle. */
  id: string;
  clientId: string;
  account: { kind: AccountKind; id: string };
  context: LaunchContext;
}

interface Row {
  handle_hash: string;
  client_id: string;
  account_kind: AccountKind;
  account_id: string;
  launch_context: string;
}

/** EHR launch handles: opaque, short-lived, good for one authorization by one app, person and site. */
@Injectable()
export class Launches {
  constructor(
    private readonly db: Db,
    private readonly sweep: Sweep,
  ) {}

  /** Makes the handle that goes into the app's launch address. */
  async create(clientId: string, account: { kind: AccountKind; id: string }, context: LaunchContext): Promise<string> {
    const handle = randomToken();
    const now = clock.now();
    const columns = ['handle_hash', 'client_id', 'account_kind', 'account_id', 'launch_context', 'expires_at'];
    const row = [tokenHash(handle), clientId, account.kind, account.id, JSON.stringify(context), now + HANDLE_LIFE];
    await this.sweep.expired('smart_launch', now - KEPT_AFTERWARDS);
    await this.db.transaction((tx) => tx.insert('smart_launch', columns, [row]));
    return handle;
  }

  /** The launch behind a handle, for its own app alone; undefined when unknown, another app's, used or too old. */
  async find(handle: string, clientId: string): Promise<Launch | undefined> {
    const sql = await this.db.sql();
    const [row] = await sql.query<Row>(
      'SELECT * FROM smart_launch WHERE handle_hash = ? AND client_id = ? AND used_at IS NULL AND expires_at > ?',
      [tokenHash(handle), clientId, clock.now()],
    );
    return row && launchOf(row);
  }

  /** Uses it up. False when another request was faster: then no code may be issued. */
  async consume(tx: Tx, id: string): Promise<boolean> {
    return (await tx.run('UPDATE smart_launch SET used_at = ? WHERE handle_hash = ? AND used_at IS NULL', [clock.now(), id])) === 1;
  }
}

const launchOf = (row: Row): Launch => ({
  id: row.handle_hash,
  clientId: row.client_id,
  account: { kind: row.account_kind, id: row.account_id },
  context: JSON.parse(row.launch_context) as LaunchContext,
});
