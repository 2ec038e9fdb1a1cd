import { Body, Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { context } from '../../kernel';
import { Public } from '../guards/public.decorator';
import { OAuthError } from '../oauth/oauth-error';
import { field, type Form } from './form';
import { Logouts } from './logouts';
import { PageExceptionFilter, wantsPage } from './page-exception.filter';
import { messagePage } from './pages/message.page';
import { sendPage, sendRedirect, sendText } from './reply';

const PATHS = ['oauth2/:site/logout', 'authorize/logout'];
const DONE = 'You have been signed out. Thank you.';

/** Sign-out asked for by an app (OpenID Connect RP-Initiated Logout 1.0). */
@Controller()
@Public('the signed id token in the request says who leaves which app')
@UseFilters(PageExceptionFilter)
export class LogoutController {
  constructor(private readonly logouts: Logouts) {}

  @Get(PATHS)
  get(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: Form): Promise<void> {
    return this.logout(request, reply, query);
  }

  @Post(PATHS)
  post(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() form: Form = {}): Promise<void> {
    return this.logout(request, reply, form);
  }

  private async logout(request: FastifyRequest, reply: FastifyReply, params: Form): Promise<void> {
    context().audit.action = 'logout';
    const leaving = await this.logouts.identify(field(params, 'id_token_hint', 8000), field(params, 'client_id'));
    const wasSignedIn = await this.logouts.signOut(request, reply, leaving);
    const target = leaving.client?.postLogoutRedirectUris.find((uri) => uri === field(params, 'post_logout_redirect_uri', 2000));
    if (target !== undefined) return sendRedirect(reply, withState(target, field(params, 'state', 4096)));
    if (!wasSignedIn) throw new OAuthError('access_denied', 'You are currently not signed in.');
    if (wantsPage(request)) return sendPage(reply, messagePage('Signed out', DONE));
    sendText(reply, DONE);
  }
}

function withState(uri: string, state: string | undefined): string {
  if (state === undefined) return uri;
  return `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams({ state }).toString()}`;
}
