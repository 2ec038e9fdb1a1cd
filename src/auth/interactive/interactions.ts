import { Injectable } from '@nestjs/common';
import { Db, type Tx } from '../../database';
import { clock, randomToken, tokenHash } from '../../kernel';
import type { AuthorizationRequest } from './authorization-request';
import { Sweep } from './sweep';

/** Time for a person to sign in, find a patient and read the consent page. */
const INTERACTION_LIFE = 15 * 60_000;

/** An authorization request under way, in one browser session. */
export interface Interaction {
  /** What addresses and forms carry. Useless outside its session. */
  handle: string;
  request: AuthorizationRequest;
  /** Chosen by staff in the picker. */
  patient?: string;
}

/** The requests that wait for a person, each bound to the session it came in. */
@Injectable()
export class Interactions {
  constructor(
    private readonly db: Db,
    private readonly sweep: Sweep,
  ) {}

  /** Keeps a checked request; returns its handle. */
  async open(sessionId: string, request: AuthorizationRequest): Promise<Interaction> {
    const handle = randomToken(24);
    await this.sweep.expired('oauth_interaction');
    const row = [tokenHash(handle), sessionId, JSON.stringify(request), clock.now() + INTERACTION_LIFE];
    await this.db.transaction((tx) => tx.insert('oauth_interaction', ['id', 'session_id', 'request', 'expires_at'], [row]));
    return { handle, request };
  }

  /** Undefined when unknown, too old, answered, or of another browser's session. */
  async find(sessionId: string, handle: string): Promise<Interaction | undefined> {
    const sql = await this.db.sql();
    const [row] = await sql.query<{ request: string; patient: string | null }>(
      'SELECT request, patient FROM oauth_interaction WHERE id = ? AND session_id = ? AND expires_at > ?',
      [tokenHash(handle), sessionId, clock.now()],
    );
    return row && { handle, request: JSON.parse(row.request) as AuthorizationRequest, ...(row.patient && { patient: row.patient }) };
  }

  async choosePatient(handle: string, patient: string): Promise<void> {
    await this.db.transaction((tx) => tx.run('UPDATE oauth_interaction SET patient = ? WHERE id = ?', [patient, tokenHash(handle)]));
  }

  /** Answers it, once. False when another request was faster. */
  async close(tx: Tx, handle: string): Promise<boolean> {
    return (await tx.run('DELETE FROM oauth_interaction WHERE id = ?', [tokenHash(handle)])) === 1;
  }

  /** After sign-in the session has another id. A patient chosen before was chosen by someone else, perhaps. */
  async move(from: string, to: string): Promise<void> {
    await this.db.transaction((tx) => tx.run('UPDATE oauth_interaction SET session_id = ?, patient = NULL WHERE session_id = ?', [to, from]));
  }
}
