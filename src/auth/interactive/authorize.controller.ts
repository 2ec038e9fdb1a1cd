import { Body, Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { context } from '../../kernel';
import { Public } from '../guards/public.decorator';
import { AuthorizeChecks } from './authorize-checks';
import { AuthorizeRefused } from './authorize-refused';
import { readParams } from './authorize-params';
import { Refusal } from './checks/refusal';
import { Flow } from './flow';
import type { Form } from './form';
import { Interactions } from './interactions';
import { PageExceptionFilter } from './page-exception.filter';
import { PagePaths } from './pages.paths';
import { sendRedirect } from './reply';
import { isSignedIn, Sessions } from './sessions';
import { Steps } from './steps';

const PATHS = ['oauth2/:site/authorize', 'connect/authorize'];

/** The authorization endpoint (RFC 6749 §3.1; SMART App Launch 2.2, “obtain authorization code”). */
@Controller()
@Public('whoever opens it has no token yet; the request and then the person are checked here')
@UseFilters(PageExceptionFilter)
export class AuthorizeController {
  constructor(
    private readonly checks: AuthorizeChecks,
    private readonly sessions: Sessions,
    private readonly interactions: Interactions,
    private readonly flow: Flow,
    private readonly steps: Steps,
    private readonly paths: PagePaths,
  ) {}

  @Get(PATHS)
  async open(@Query() query: Form, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    context().audit.action = 'authorize';
    const checked = await this.checks.check(query);
    if (checked.silent && !isSignedIn(await this.sessions.current(request))) {
      throw new AuthorizeRefused(new Refusal('login_required', 'Nobody is signed in.'), checked);
    }
    const session = await this.sessions.ensure(request, reply);
    const interaction = await this.interactions.open(session.id, checked);
    this.steps.go(reply, { interaction, step: await this.flow.next(interaction, session) });
  }

  /**
   * SMART's authorize-post comes from the app's own page, so the browser leaves the session's cookie out. The same
   * request as a GET brings it back.
   */
  @Post(PATHS)
  async openByForm(@Body() form: Form | undefined, @Res() reply: FastifyReply): Promise<void> {
    context().audit.action = 'authorize';
    await this.checks.check(form ?? {});
    sendRedirect(reply, this.paths.of('authorize', readParams(form ?? {})));
  }
}
