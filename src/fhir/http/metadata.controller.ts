import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../auth';
import { context } from '../../kernel';
import { CapabilityStatement, metadataMode } from '../capability/capability-statement';
import { sendFhir } from './fhir-reply';

@Controller('apis/:site/fhir')
export class MetadataController {
  constructor(private readonly capability: CapabilityStatement) {}

  @Get('metadata')
  @Public('the CapabilityStatement tells an app what it may ask for before it has a token')
  metadata(@Query('mode') mode: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendFhir(request, reply, 200, this.capability.forSite(context().site, metadataMode(mode)));
  }
}
