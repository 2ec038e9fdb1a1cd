import { Controller, Header, HttpCode, Post, Req, UseFilters } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { context } from '../../kernel';
import { ClientAuthentication } from '../client-auth/client-authentication';
import { Public } from '../guards/public.decorator';
import { readForm } from '../oauth/form';
import { OAuthError } from '../oauth/oauth-error';
import { OAuthExceptionFilter } from '../oauth/oauth-exception.filter';
import { GrantStore } from '../tokens/grant.store';
import { TokenStore } from '../tokens/token.store';
import { Tokens } from '../tokens/tokens';

/** Token revocation (RFC 7009). */
@Controller('oauth2/:site')
@UseFilters(OAuthExceptionFilter)
@Public('The endpoint authenticates clients itself.')
export class RevocationController {
  constructor(
    private readonly clients: ClientAuthentication,
    private readonly store: TokenStore,
    private readonly grants: GrantStore,
    private readonly tokens: Tokens,
  ) {}

  /** A refresh token takes its access tokens with it; an unknown token is revoked already (RFC 7009 §2.2). */
  @Post('revoke')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Header('Pragma', 'no-cache')
  async revoke(@Req() request: FastifyRequest): Promise<void> {
    context().audit.action = 'revoke';
    const form = readForm(request);
    const { client } = await this.clients.authenticate({ authorization: request.headers.authorization, form, address: request.ip });
    if (!form.token) throw new OAuthError('invalid_request', 'token is missing.', { hint: 'token' });
    await this.end(form.token, client.clientId);
  }

  private async end(text: string, clientId: string): Promise<void> {
    const token = await this.store.find(text);
    const grant = token && (await this.grants.find(token.grantId));
    if (!token || grant?.clientId !== clientId) return;
    if (token.kind === 'refresh') await this.tokens.revokeByGrant(grant.id);
    else await this.tokens.revokeAccessToken(token.hash);
  }
}
