import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { currentSite, log, tokenHash } from '../../kernel';
import { ClientStore } from '../clients/client.store';
import type { OAuthClient } from '../clients/oauth-client';
import { WindowLimiter } from '../limits/window-limiter';
import { OAuthError } from '../oauth/oauth-error';
import { ClientAssertion } from './client-assertion';
import { type ClientCredentials, readClientCredentials } from './client-credentials';
import { refused } from './refused';

export interface FormRequest {
  authorization?: string;
  form: Readonly<Record<string, string | undefined>>;
  /** Address of the caller. */
  address: string;
}

export interface AuthenticatedClient {
  client: OAuthClient;
  by: ClientCredentials['by'];
}

/** Finds out which client a form request comes from, and that it truly does. The same at every endpoint that asks. */
@Injectable()
export class ClientAuthentication {
  private readonly failures = new WindowLimiter(30, 60_000);

  constructor(
    private readonly clients: ClientStore,
    private readonly assertions: ClientAssertion,
  ) {}

  /** The enabled client. Throws `invalid_client` otherwise, and 429 to who keeps guessing at a secret. */
  async authenticate({ authorization, form, address }: FormRequest): Promise<AuthenticatedClient> {
    const usedBasic = /^basic /i.test(authorization ?? '');
    const credentials = this.read(authorization, form, usedBasic);
    const guesses = guessKey(credentials, address);
    const wait = guesses ? this.failures.blocked(guesses) : 0;
    if (wait > 0) throw new OAuthError('too_many_requests', 'Too many failed attempts.', { headers: { 'retry-after': String(wait) } });
    try {
      return { client: await this.prove(credentials), by: credentials.by };
    } catch (error) {
      if (error instanceof OAuthError) this.noteFailure(guesses, credentials);
      throw challenged(error, usedBasic);
    }
  }

  private read(authorization: string | undefined, form: FormRequest['form'], usedBasic: boolean): ClientCredentials {
    try {
      return readClientCredentials(authorization, form);
    } catch (error) {
      throw challenged(error, usedBasic);
    }
  }

  private async prove(credentials: ClientCredentials): Promise<OAuthClient> {
    if (credentials.by === 'assertion') return this.assertions.client(credentials.assertion).then((client) => sameClient(client, credentials.clientId));
    const client = await this.clients.find(credentials.clientId);
    const proven = credentials.by === 'none' ? client?.confidential === false : hasSecret(client, credentials.secret);
    if (!client?.enabled || !proven) throw refused();
    return client;
  }

  private noteFailure(guesses: string | undefined, { by }: ClientCredentials): void {
    if (guesses) this.failures.take(guesses);
    log.warn({ event: 'client-authentication-failed', by }, 'client authentication failed');
  }
}

/** Secrets can be guessed at; signatures cannot. */
function guessKey(credentials: ClientCredentials, address: string): string | undefined {
  return credentials.by === 'basic' || credentials.by === 'post' ? `${currentSite()} ${credentials.clientId} ${address}` : undefined;
}

function sameClient(client: OAuthClient, clientId: string | undefined): OAuthClient {
  if (clientId !== undefined && clientId !== client.clientId) throw refused();
  return client;
}

/** Compared in constant time; an unknown client costs the same comparison. A client registered for keys has no secret. */
function hasSecret(client: OAuthClient | undefined, secret: string): boolean {
  const stored = Buffer.from(client?.secretHash ?? tokenHash(''));
  const equal = timingSafeEqual(stored, Buffer.from(tokenHash(secret)));
  return equal && client?.secretHash !== undefined && client.confidential && client.authMethod !== 'private_key_jwt';
}

/** RFC 6749 §5.2: who tried HTTP Basic is answered in its terms. */
function challenged(error: unknown, usedBasic: boolean): unknown {
  if (!(error instanceof OAuthError) || error.error !== 'invalid_client' || !usedBasic) return error;
  return new OAuthError('invalid_client', error.description, { hint: error.hint, headers: { 'www-authenticate': 'Basic realm="OAuth"' } });
}
