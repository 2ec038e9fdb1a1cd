import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { context, SalusError } from '../../kernel';
import { BearerGuard } from '../guards/bearer.guard';
import { OAuthError } from '../oauth/oauth-error';
import type { CheckedToken } from '../tokens/checked-token';

/** Lets in access tokens that stand for a person and carry `openid` (OpenID Connect Core §5.3). */
@Injectable()
export class UserinfoGuard implements CanActivate {
  constructor(private readonly bearer: BearerGuard) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const token = await this.authenticate(execution);
    context().access = token.access;
    if (token.account && token.scopes.has('openid')) return true;
    const headers = { 'www-authenticate': 'Bearer realm="Salus", error="insufficient_scope", scope="openid"' };
    throw new OAuthError('insufficient_scope', 'The token was not granted openid.', { status: 401, headers });
  }

  private async authenticate(execution: ExecutionContext): Promise<CheckedToken> {
    try {
      return await this.bearer.authenticate(execution);
    } catch (error) {
      if (error instanceof SalusError && error.kind === 'unauthenticated') throw new OAuthError('invalid_token', error.message, { headers: error.headers });
      throw error;
    }
  }
}
