import { Body, Controller, Get, Inject, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { context, invalid } from '../../kernel';
import { Public } from '../guards/public.decorator';
import { PATIENT_DIRECTORY, type PatientDirectory, type PatientQuery } from '../ports';
import { field, type Form, nested } from './form';
import { assertFormToken } from './form-token';
import { Flow } from './flow';
import { Interactions } from './interactions';
import { PageExceptionFilter } from './page-exception.filter';
import { patientSelectPage } from './pages/patient-select.page';
import { PagePaths } from './pages.paths';
import { sendPage } from './reply';
import { Sessions } from './sessions';
import { Steps } from './steps';

/** More than fit a page are found by searching. */
const SHOWN = 100;

/** Staff choose the patient of a standalone launch. The flow lets only those see this who may look patients up. */
@Controller('oauth2/:site/smart')
@Public('needs a signed-in session, which the flow checks')
@UseFilters(PageExceptionFilter)
export class PatientSelectController {
  constructor(
    @Inject(PATIENT_DIRECTORY) private readonly patients: PatientDirectory,
    private readonly sessions: Sessions,
    private readonly interactions: Interactions,
    private readonly flow: Flow,
    private readonly steps: Steps,
    private readonly paths: PagePaths,
  ) {}

  @Get('patient-select')
  async show(@Query() query: Form, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    context().audit.action = 'patient-select';
    const progress = await this.steps.resume(request, field(query, 'interaction'));
    const { step, session, interaction } = progress;
    if (step.page !== 'patient') return this.steps.go(reply, progress);
    const wanted = wantedPatient(query);
    const { patients, more } = await this.patients.search(wanted, SHOWN);
    const page = patientSelectPage({
      session,
      handle: interaction.handle,
      searchAction: this.paths.of('smart/patient-select'),
      chooseAction: this.paths.of('smart/patient-select-confirm'),
      clientName: step.client.name,
      query: wanted,
      patients,
      more,
    });
    sendPage(reply, page);
  }

  @Post('patient-select-confirm')
  async choose(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() form: Form = {}): Promise<void> {
    context().audit.action = 'patient-select';
    assertFormToken(await this.sessions.current(request), form);
    const progress = await this.steps.resume(request, field(form, 'interaction'));
    const { step, session, interaction } = progress;
    if (step.page !== 'patient') return this.steps.go(reply, progress);
    const patient = await this.patients.byId(field(form, 'patient_id', 64) ?? '');
    if (!patient) throw invalid('Choose one of the patients listed.');
    context().audit.patient = patient.id;
    await this.interactions.choosePatient(interaction.handle, patient.id);
    const chosen = { ...interaction, patient: patient.id };
    this.steps.go(reply, { interaction: chosen, step: await this.flow.next(chosen, session) });
  }
}

function wantedPatient(query: Form): PatientQuery {
  const names = ['fname', 'mname', 'lname', 'dob'] as const;
  return Object.fromEntries(names.flatMap((name) => {
    const value = nested(query, 'search', name)?.trim();
    return value ? [[name, value]] : [];
  }));
}
