import { Controller, Get, Header, HttpCode, Post, Req, UseFilters } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { context } from '../../kernel';
import { Public } from '../guards/public.decorator';
import { readForm } from '../oauth/form';
import { OAuthError } from '../oauth/oauth-error';
import { OAuthExceptionFilter } from '../oauth/oauth-exception.filter';
import { TokenEndpoint } from './token-endpoint';

@Controller()
@UseFilters(OAuthExceptionFilter)
@Public('The token endpoint authenticates clients itself.')
export class TokenController {
  constructor(private readonly endpoint: TokenEndpoint) {}

  @Post(['oauth2/:site/token', 'connect/token'])
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Header('Pragma', 'no-cache')
  @Header('Content-Type', 'application/json; charset=UTF-8')
  async token(@Req() request: FastifyRequest): Promise<Record<string, unknown>> {
    context().audit.action = 'token';
    return this.endpoint.answer({ authorization: request.headers.authorization, form: readForm(request), address: request.ip });
  }

  @Get(['oauth2/:site/token', 'connect/token'])
  refuse(): never {
    context().audit.action = 'token';
    throw new OAuthError('invalid_request', 'The token endpoint takes POST only.', { status: 405, headers: { allow: 'POST' } });
  }
}
