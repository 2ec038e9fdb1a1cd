import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PortalRoute } from '../auth';
import { EncounterService, type EncounterView } from '../clinical/encounter';
import { PatientService } from '../clinical/patient';
import { context, SalusError } from '../kernel';
import { type Envelope, single, singleJson } from '../standard';

/** The patient's own API: the patient is who signed in, no path or parameter names one. */
@Controller('apis/:site/portal/patient')
export class PortalController {
  constructor(
    private readonly patients: PatientService,
    private readonly encounters: EncounterService,
  ) {}

  @Get()
  @PortalRoute('patient/patient.s')
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOkResponse({ type: Object })
  async patient(): Promise<string> {
    return singleJson(await this.patients.read(me()));
  }

  @Get('encounter')
  @PortalRoute('patient/encounter.s')
  async list(@Query() query: Record<string, unknown>, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Envelope<EncounterView[]>> {
    const envelope = await this.encounters.list(me(), query, request.url);
    if (envelope.data.length === 0) reply.code(404);
    return envelope;
  }

  @Get('encounter/:euuid')
  @PortalRoute('patient/encounter.r')
  async read(@Param('euuid') euuid: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<Envelope<EncounterView | never[]>> {
    const encounter = await this.encounters.read(me(), euuid);
    if (!encounter) reply.code(404);
    return single(encounter);
  }
}

function me(): string {
  const patient = context().access?.patient;
  if (!patient) throw new SalusError('forbidden', 'This token belongs to no patient.');
  return patient;
}
