import { Injectable } from '@nestjs/common';
import { Db, type Tx } from '../../database';
import { clock, log } from '../../kernel';
import { Sweep } from '../limits/sweep';
import type { Grant } from '../tokens/grant';
import { GrantStore } from '../tokens/grant.store';
import { TokenCache } from '../tokens/token-cache';
import { type FreshToken, TokenStore } from '../tokens/token.store';
import { exists, type TokenHolder } from './holder';
import { invalidGrant } from './invalid-grant';

export const ACCESS_SECONDS = 3600;
/** SMART Backend Services: at most five minutes. */
export const SYSTEM_SECONDS = 300;
/** Three months, begun anew at each use: the longest three months of the year. */
export const REFRESH_SECONDS = 92 * 86_400;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface IssueRequest {
  holder: TokenHolder;
  scopes: readonly string[];
  accessToken: string;
  refreshToken?: string;
}

export interface Issued {
  grant: Grant;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  lifetime: number;
}

/** Writes a pair of tokens, and in the same transaction whatever they replace. */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly db: Db,
    private readonly grants: GrantStore,
    private readonly tokens: TokenStore,
    private readonly cache: TokenCache,
    private readonly sweep: Sweep,
  ) {}

  async issue(request: IssueRequest): Promise<Issued> {
    await this.clearExpired();
    const lifetime = request.holder.grant.kind === 'system' ? SYSTEM_SECONDS : ACCESS_SECONDS;
    const expiresAt = clock.now() + lifetime * 1000;
    const grant = await this.db.transaction((tx) => this.write(tx, request, expiresAt));
    if (request.holder.refreshHash) this.cache.evict((token) => exists(request.holder.grant) && token.grant.id === request.holder.grant.id);
    if (!grant) throw invalidGrant('The grant is no longer valid.');
    return { grant, expiresAt, lifetime };
  }

  /**
   * A day after expiry nothing is left to detect; a used refresh token is kept for its whole life. Backend clients
   * begin a grant every few minutes, so theirs go soon; people's when no refresh token of them can live any more.
   */
  private async clearExpired(): Promise<void> {
    const yesterday = clock.now() - DAY;
    await this.sweep.now('DELETE FROM oauth_token WHERE expires_at < ?', [yesterday], HOUR);
    await this.sweep.now("DELETE FROM oauth_grant WHERE account_kind = 'system' AND used_at < ?", [yesterday - DAY], HOUR);
    const forgotten = yesterday - DAY - REFRESH_SECONDS * 1000;
    await this.sweep.now("DELETE FROM oauth_grant WHERE account_kind IN ('users', 'patient') AND used_at < ?", [forgotten], HOUR);
  }

  /** Undefined when the grant ended in the meantime, or the refresh token was traded in by someone else just now. */
  private async write(tx: Tx, request: IssueRequest, expiresAt: number): Promise<Grant | undefined> {
    const grant = await this.liveGrant(tx, request);
    if (!grant || !(await this.rotated(tx, grant, request.holder))) return undefined;
    await this.tokens.add(tx, freshTokens(grant.id, request, expiresAt));
    return grant;
  }

  private async liveGrant(tx: Tx, { holder, scopes }: IssueRequest): Promise<Grant | undefined> {
    if (!exists(holder.grant)) return this.grants.add(tx, { ...holder.grant, scopes: [...scopes] });
    return (await this.grants.touch(tx, holder.grant.id)) ? holder.grant : undefined;
  }

  private async rotated(tx: Tx, grant: Grant, { refreshHash }: TokenHolder): Promise<boolean> {
    if (!refreshHash) return true;
    if (await this.tokens.consumeRefresh(tx, refreshHash)) {
      await this.tokens.revokeAccessOf(tx, grant.id);
      return true;
    }
    // Two requests with one refresh token at once: one of them is not its owner, so neither keeps anything.
    log.warn({ event: 'refresh-token-reused', grant: grant.id }, 'refresh token used twice; its family is revoked');
    await this.grants.revoke({ id: grant.id }, tx);
    return false;
  }
}

function freshTokens(grantId: string, { holder, scopes, accessToken, refreshToken }: IssueRequest, expiresAt: number): FreshToken[] {
  const access: FreshToken = { token: accessToken, kind: 'access', grantId, scopes, expiresAt };
  if (!refreshToken) return [access];
  return [access, { token: refreshToken, kind: 'refresh', grantId, scopes: holder.refreshScopes ?? scopes, expiresAt: clock.now() + REFRESH_SECONDS * 1000 }];
}
