import { Controller, Header, HttpCode, Post, Req, UseFilters } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { context } from '../../kernel';
import { ClientAuthentication } from '../client-auth/client-authentication';
import { Public } from '../guards/public.decorator';
import { type Form, readForm } from '../oauth/form';
import { OAuthError } from '../oauth/oauth-error';
import { OAuthExceptionFilter } from '../oauth/oauth-exception.filter';
import { TokenCheck } from '../tokens/token-check';
import { INACTIVE, Introspection } from './introspection';

@Controller('oauth2/:site')
@UseFilters(OAuthExceptionFilter)
@Public('The endpoint authenticates clients itself.')
export class IntrospectionController {
  constructor(
    private readonly clients: ClientAuthentication,
    private readonly introspection: Introspection,
    private readonly tokens: TokenCheck,
  ) {}

  /** OpenEMR answers every failure, also of the client, with 200 and `active: false`; its clients rely on it. */
  @Post('introspect')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Header('Pragma', 'no-cache')
  async introspect(@Req() request: FastifyRequest): Promise<object> {
    context().audit.action = 'introspect';
    const form = readForm(request);
    const clientId = await this.caller(request, form);
    return clientId && form.token ? this.introspection.describe(form.token, form.token_type_hint, clientId) : INACTIVE;
  }

  /** By any of the client's credentials, or by a bearer token of the same client ((g)(10) testers add one header). */
  private async caller(request: FastifyRequest, form: Form): Promise<string | undefined> {
    const { authorization } = request.headers;
    const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (bearer) return (await this.tokens.check(bearer))?.client.clientId;
    try {
      return (await this.clients.authenticate({ authorization, form, address: request.ip })).client.clientId;
    } catch (error) {
      if (error instanceof OAuthError && error.error !== 'too_many_requests') return undefined;
      throw error;
    }
  }
}
