import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../accounts/account';
import { Accounts } from '../accounts/accounts';
import { Tokens } from '../tokens/tokens';
import { Interactions } from './interactions';
import { clearSessionCookie, sessionSecret, setSessionCookie } from './session-cookie';
import { SessionStore, type StoredSession } from './session-store';

/** A browser's session. */
export interface WebSession {
  /** Key of the session, safe to store and compare; not what the cookie holds. */
  id: string;
  /** Secret for the forms of this session; see `assertFormToken`. */
  csrf: string;
  /** Small facts a page wants to keep; saved with `Sessions.save`. */
  data: Record<string, unknown>;
  /** Who is signed in; absent before sign-in. */
  account?: Account;
  /** When they proved who they are, epoch milliseconds; present with `account`. */
  authTime?: number;
}

/** A session in which someone is signed in. */
export type SignedIn = WebSession & { account: Account; authTime: number };

export const isSignedIn = (session: WebSession | undefined): session is SignedIn => session?.account !== undefined;

/** Sign-in sessions of browsers, for the pages of this server and for the pages of the product. */
@Injectable()
export class Sessions {
  constructor(
    private readonly store: SessionStore,
    private readonly accounts: Accounts,
    private readonly interactions: Interactions,
    private readonly tokens: Tokens,
  ) {}

  /** The browser's live session at this site. Disabling an account or changing its password ends its sessions at once. */
  async current(request: FastifyRequest): Promise<WebSession | undefined> {
    const secret = sessionSecret(request);
    const stored = secret && (await this.store.find(secret));
    if (!stored) return undefined;
    if (!stored.account) return webSession(stored);
    const account = await this.accounts.byId(stored.account.kind, stored.account.id);
    if (account?.enabled && account.passwordChangedAt <= stored.authTime!) return webSession(stored, account);
    await this.store.remove(stored.id);
    return undefined;
  }

  /** The current session, or a new one without anybody in it, so that a form can carry its secret. */
  async ensure(request: FastifyRequest, reply: FastifyReply): Promise<WebSession> {
    const current = await this.current(request);
    if (current) return current;
    const { session, secret } = await this.store.create();
    setSessionCookie(reply, secret);
    return webSession(session);
  }

  /** Signs in under a new identifier; what the browser held before is worth nothing any more (session fixation). */
  async signIn(request: FastifyRequest, reply: FastifyReply, account: Account): Promise<SignedIn> {
    const before = await this.current(request);
    const { session, secret } = await this.store.create({ kind: account.kind, id: account.id });
    if (before) await this.replace(before, session.id, account);
    setSessionCookie(reply, secret);
    return { ...webSession(session), account, authTime: session.authTime! };
  }

  /** Ends the browser's session, and with it what apps were granted for as long as it lasts. */
  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const current = await this.current(request);
    if (current) await this.end(current.id);
    clearSessionCookie(reply);
  }

  /** Ends all sessions of an account, in every browser. */
  async endAllOf(account: Pick<Account, 'kind' | 'id'>): Promise<void> {
    await this.store.removeAllOf(account.kind, account.id);
  }

  async save(session: WebSession): Promise<void> {
    await this.store.saveData(session.id, session.data);
  }

  /** Requests under way come along. Whoever was signed in before, if someone else, is signed out. */
  private async replace(before: WebSession, id: string, account: Account): Promise<void> {
    await this.interactions.move(before.id, id);
    const same = before.account?.kind === account.kind && before.account.id === account.id;
    await (same ? this.store.remove(before.id) : this.end(before.id));
  }

  private async end(id: string): Promise<void> {
    await this.store.remove(id);
    await this.tokens.revokeSession(id);
  }
}

const webSession = (stored: StoredSession, account?: Account): WebSession => ({
  id: stored.id,
  csrf: stored.csrf,
  data: stored.data,
  ...(account && { account, authTime: stored.authTime }),
});
