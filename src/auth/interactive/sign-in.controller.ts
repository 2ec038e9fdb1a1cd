import { Body, Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { context } from '../../kernel';
import type { Account, AccountKind } from '../accounts/account';
import { Accounts } from '../accounts/accounts';
import { ClientStore } from '../clients/client.store';
import { Public } from '../guards/public.decorator';
import { Flow } from './flow';
import { field, type Form } from './form';
import { assertFormToken } from './form-token';
import { interactionGone } from './interaction-gone';
import { type Interaction, Interactions } from './interactions';
import { noteActor } from './note-actor';
import { PageExceptionFilter } from './page-exception.filter';
import { signInPage, type SignInView } from './pages/sign-in.page';
import { PagePaths } from './pages.paths';
import { sendPage, sendRedirect } from './reply';
import { Sessions, type WebSession } from './sessions';
import { Steps } from './steps';

const PATHS = ['oauth2/:site/provider/login', 'oauth2/:site/login'];

/** One text for every cause: which part was wrong is nobody’s business (CWE-204). */
const FAILED = 'That did not work. Check user name and password, and, for patients, the e-mail address. After several failures an account pauses for a while.';

/** Sign-in of staff and patients, on the way to an app or to a page of this server. */
@Controller()
@Public('people sign in here')
@UseFilters(PageExceptionFilter)
export class SignInController {
  constructor(
    private readonly sessions: Sessions,
    private readonly interactions: Interactions,
    private readonly accounts: Accounts,
    private readonly clients: ClientStore,
    private readonly flow: Flow,
    private readonly steps: Steps,
    private readonly paths: PagePaths,
  ) {}

  @Get(PATHS)
  async show(@Query() query: Form, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.sessions.ensure(request, reply);
    const interaction = await this.interactionOf(session, query);
    sendPage(reply, signInPage(await this.view(session, query, interaction)));
  }

  @Post(PATHS)
  async signIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() form: Form = {}): Promise<void> {
    context().audit.action = 'login';
    const session = await this.sessions.current(request);
    assertFormToken(session, form);
    const interaction = await this.interactionOf(session, form);
    const account = await this.authenticate(form, request.ip);
    if (!account) return this.showAgain(reply, await this.view(session, form, interaction));
    noteActor(account, interaction?.request.clientId);
    const signedIn = await this.sessions.signIn(request, reply, account);
    if (!interaction) return sendRedirect(reply, this.paths.local(field(form, 'return_to', 2000)));
    this.steps.go(reply, { interaction, step: await this.flow.next({ ...interaction, patient: undefined }, signedIn) });
  }

  private async interactionOf(session: WebSession, form: Form): Promise<Interaction | undefined> {
    const handle = field(form, 'interaction');
    if (!handle) return undefined;
    const interaction = await this.interactions.find(session.id, handle);
    if (!interaction) throw interactionGone();
    return interaction;
  }

  /** Without a choice of role the e-mail address tells: only patients have to give one. */
  private authenticate(form: Form, address: string): Promise<Account | undefined> {
    const email = field(form, 'email');
    const role = field(form, 'user_role') ?? (email ? 'portal-api' : 'api');
    const kind: AccountKind = role === 'portal-api' ? 'patient' : 'users';
    return this.accounts.authenticate({ kind, username: field(form, 'username') ?? '', password: field(form, 'password') ?? '', email, address });
  }

  private showAgain(reply: FastifyReply, view: SignInView): void {
    context().audit.action = 'login-failed';
    sendPage(reply, signInPage({ ...view, problem: FAILED }));
  }

  private async view(session: WebSession, form: Form, interaction: Interaction | undefined): Promise<SignInView> {
    const client = interaction && (await this.clients.find(interaction.request.clientId));
    return {
      session,
      action: this.paths.of('provider/login'),
      carry: { interaction: interaction?.handle, return_to: field(form, 'return_to', 2000) },
      clientName: client?.name,
      username: field(form, 'username') ?? interaction?.request.loginHint,
      email: field(form, 'email'),
      role: field(form, 'user_role'),
    };
  }
}
