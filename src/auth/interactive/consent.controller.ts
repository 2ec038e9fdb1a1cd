import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clock, context, invalid } from '../../kernel';
import { Public } from '../guards/public.decorator';
import { PATIENT_DIRECTORY, type PatientDirectory } from '../ports';
import type { Agreement } from './agreement';
import { Answers } from './answers';
import { grantedScopes, isHidden } from './consent/offers';
import { Consents } from './consents';
import { field, type Form, tickedScopes } from './form';
import { assertFormToken } from './form-token';
import { refused } from './flow';
import { PageExceptionFilter } from './page-exception.filter';
import { consentPage } from './pages/consent.page';
import { PagePaths } from './pages.paths';
import { sendPage, sendRedirect } from './reply';
import { Sessions } from './sessions';
import { Steps } from './steps';

const PAGE = 'scope-authorize-confirm';

/** The person decides. `/device/code` is where OpenEMR's form goes; it has nothing to do with the device grant. */
@Controller('oauth2/:site')
@Public('needs a signed-in session, which the flow checks')
@UseFilters(PageExceptionFilter)
export class ConsentController {
  constructor(
    @Inject(PATIENT_DIRECTORY) private readonly patients: PatientDirectory,
    private readonly sessions: Sessions,
    private readonly consents: Consents,
    private readonly answers: Answers,
    private readonly steps: Steps,
    private readonly paths: PagePaths,
  ) {}

  @Get(PAGE)
  async show(@Query() query: Form, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const progress = await this.steps.resume(request, field(query, 'interaction'));
    if (progress.step.page !== 'consent') return this.steps.go(reply, progress);
    const { session, client, scopes, patient, interaction } = progress.step.agreement;
    const page = consentPage({
      session,
      handle: interaction.handle,
      action: this.paths.of(PAGE),
      switchTo: this.paths.of('provider/login', { interaction: interaction.handle }),
      client,
      redirectUri: interaction.request.redirectUri,
      scopes,
      patientName: patient && (await this.patients.byId(patient))?.name,
      offlineUntil: offlineUntil(),
    });
    sendPage(reply, page);
  }

  @Post([PAGE, 'device/code'])
  async decide(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() form: Form = {}): Promise<void> {
    context().audit.action = 'consent';
    assertFormToken(await this.sessions.current(request), form);
    const progress = await this.steps.resume(request, field(form, 'interaction'));
    const { step, interaction } = progress;
    if (step.page !== 'consent') return this.steps.go(reply, progress);
    if (field(form, 'deny') !== undefined) throw refused(interaction, 'access_denied', 'The person denied the request.');
    if (field(form, 'proceed') === undefined) throw invalid('Choose Authorize or Deny.');
    sendRedirect(reply, await this.allow(step.agreement, form));
  }

  private async allow(agreement: Agreement, form: Form): Promise<string> {
    const { session, client, interaction, scopes } = agreement;
    const granted = grantedScopes(scopes, tickedScopes(form));
    if (granted.every(isHidden) && !scopes.every(isHidden)) throw refused(interaction, 'access_denied', 'The person ticked nothing.');
    const location = await this.answers.grant(agreement, granted);
    await this.consents.record(session.account, client.clientId, granted, field(form, 'persist_login') !== undefined);
    return location;
  }
}

/** Refresh tokens live three months from their last use. */
function offlineUntil(): Date {
  const date = new Date(clock.now());
  date.setUTCMonth(date.getUTCMonth() + 3);
  return date;
}
