import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FhirRoute } from '../../auth';
import { CONFIG, type Config, siteUrls } from '../../config';
import { context, noteAudit } from '../../kernel';
import { HistoryService, readHistoryRequest } from '../history';
import { knownType, legalId } from '../interactions/resource-input';
import { preferences, queryPairs, sendFhir } from './fhir-reply';
import { access } from './fhir-request';

/** The history of one resource, of a type, and of everything (R4 §3.1.0.13). */
@Controller('apis/:site/fhir')
export class HistoryController {
  constructor(
    private readonly histories: HistoryService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':type/:id/_history')
  @FhirRoute('history')
  async ofResource(@Param('type') type: string, @Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    noteAudit('history', `${knownType(type)}/${legalId(id)}`, type === 'Patient' ? id : undefined);
    await this.answer({ type, id }, request, reply);
  }

  @Get(':type/_history')
  @FhirRoute('history')
  async ofType(@Param('type') type: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    noteAudit('history', knownType(type));
    await this.answer({ type }, request, reply);
  }

  @Get('_history')
  @FhirRoute('history')
  async ofEverything(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    noteAudit('history', 'system');
    await this.answer({}, request, reply);
  }

  private async answer(scope: { type?: string; id?: string }, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const asked = readHistoryRequest(scope, queryPairs(request), preferences(request).handling === 'strict');
    sendFhir(request, reply, 200, await this.histories.history(access(), asked, siteUrls(this.config, context().site).fhir));
  }
}
