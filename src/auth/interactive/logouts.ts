import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../accounts/account';
import { Accounts } from '../accounts/accounts';
import { ClientStore } from '../clients/client.store';
import type { OAuthClient } from '../clients/oauth-client';
import { SigningKeys } from '../keys/signing-keys';
import { OAuthError } from '../oauth/oauth-error';
import { Tokens } from '../tokens/tokens';
import { Consents } from './consents';
import { noteActor } from './note-actor';
import { Sessions } from './sessions';

/** Who leaves which app, proven by an id token of ours. */
export interface Leaving {
  clientId: string;
  client?: OAuthClient;
  account?: Account;
}

/** What signing out undoes. */
@Injectable()
export class Logouts {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clients: ClientStore,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly consents: Consents,
    private readonly tokens: Tokens,
  ) {}

  /** Reads the hint. One we did not sign, or for another client than named, is refused: it would sign others out. */
  async identify(hint: string | undefined, clientId: string | undefined): Promise<Leaving> {
    if (!hint) throw new OAuthError('invalid_request', 'id_token_hint is required.', { hint: 'id_token_hint' });
    const claims = await this.keys.verifyIdTokenHint(hint);
    const audience = Array.isArray(claims?.aud) ? claims.aud[0] : claims?.aud;
    if (!claims?.sub || !audience) throw new OAuthError('invalid_request', 'id_token_hint is not an id token of this server.', { hint: 'id_token_hint' });
    if (clientId !== undefined && clientId !== audience) throw new OAuthError('invalid_request', 'id_token_hint belongs to another client.', { hint: 'client_id' });
    const account = (await this.accounts.byId('users', claims.sub)) ?? (await this.accounts.byId('patient', claims.sub));
    return { clientId: audience, client: await this.clients.find(audience), account };
  }

  /** Ends the app's access and, if it is theirs, the browser's session. False when there was nothing to end. */
  async signOut(request: FastifyRequest, reply: FastifyReply, { account, clientId }: Leaving): Promise<boolean> {
    if (!account) return false;
    noteActor(account, clientId);
    const current = (await this.sessions.current(request))?.account;
    const here = current?.kind === account.kind && current.id === account.id;
    if (here) await this.sessions.signOut(request, reply);
    const consented = await this.consents.withdraw(account, clientId);
    const revoked = await this.tokens.revokeAccount(account.kind, account.id, clientId);
    return here || consented || revoked > 0;
  }
}
