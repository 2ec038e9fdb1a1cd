import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FhirRoute } from '../../../auth';
import { CONFIG, type Config, siteUrls } from '../../../config';
import { context, noteAudit } from '../../../kernel';
import { preferences } from '../../http/fhir-reply';
import { legalId } from '../../interactions/resource-input';
import { Exports } from '../exports';
import { type Pairs, parseExportParameters } from '../request/export-parameters';
import type { ExportLevel } from '../request/exportable-types';
import { pairsOfBody, pairsOfQuery } from '../request/kickoff-pairs';
import { requireAsync } from './respond-async';

const PATHS = { system: '$export', patient: 'Patient/$export', group: 'Group/:id/$export' } as const;

/** Kick-off of exports (Bulk Data Access 2.0 §“Bulk Data Kick-off Request”). */
@Controller('apis/:site/fhir')
export class ExportController {
  constructor(
    private readonly exports: Exports,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get([PATHS.system, PATHS.patient, PATHS.group])
  @FhirRoute('operation:export')
  @HttpCode(202)
  async kickoff(@Param('id') group: string | undefined, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.start(group, pairsOfQuery(request.url), request, reply);
  }

  @Post([PATHS.system, PATHS.patient, PATHS.group])
  @FhirRoute('operation:export')
  @HttpCode(202)
  async kickoffByPost(@Param('id') group: string | undefined, @Body() body: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.start(group, [...pairsOfQuery(request.url), ...pairsOfBody(body)], request, reply);
  }

  private async start(group: string | undefined, pairs: Pairs, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    requireAsync(request);
    const { access, site } = context();
    const base = siteUrls(this.config, site).fhir;
    const level = levelOf(request);
    const lenient = preferences(request).handling === 'lenient';
    const parameters = parseExportParameters(pairs, lenient);
    const url = base + kickoffPath(level, group) + queryOf(request.url);
    noteAudit('export', level === 'group' ? `Group/${group}` : level);
    const id = await this.exports.start(access!, { url, level, parameters, lenient, ...(group !== undefined && { group: legalId(group) }) });
    noteAudit('export', `job/${id}`);
    void reply.header('content-location', `${base}/$bulkdata-status?job=${id}`);
  }
}

function levelOf(request: FastifyRequest): ExportLevel {
  const route = request.routeOptions.url ?? '';
  if (route.endsWith(PATHS.group)) return 'group';
  return route.endsWith(PATHS.patient) ? 'patient' : 'system';
}

const kickoffPath = (level: ExportLevel, group: string | undefined): string => `/${PATHS[level].replace(':id', group ?? '')}`;

const queryOf = (url: string): string => (url.includes('?') ? url.slice(url.indexOf('?')) : '');
