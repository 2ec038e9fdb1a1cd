import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FhirRoute } from '../../auth';
import { CONFIG, type Config, siteUrls } from '../../config';
import { context, invalid, noteAudit } from '../../kernel';
import { knownType, legalId } from '../interactions/resource-input';
import { ResourceReader } from '../store';
import { historyBundle } from './history-bundle';
import { sendFhir } from './fhir-reply';
import { access } from './resource.controller';

const PAGE = 50;
const MOST = 200;

/** The history of one resource, newest first (R4 §3.1.0.13). */
@Controller('apis/:site/fhir')
export class HistoryController {
  constructor(
    private readonly reader: ResourceReader,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':type/:id/_history')
  @FhirRoute('history')
  async history(@Param('type') type: string, @Param('id') id: string, @Query() query: Record<string, unknown>, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    noteAudit('history', `${knownType(type)}/${legalId(id)}`, type === 'Patient' ? id : undefined);
    const count = Math.min(number(query._count, '_count') ?? PAGE, MOST);
    const before = number(query._before, '_before');
    const versions = await this.reader.history(access(), knownType(type), legalId(id), count + 1, before);
    const base = siteUrls(this.config, context().site).fhir;
    const next = versions.length > count ? `${base}/${type}/${id}/_history?_count=${count}&_before=${versions[count - 1]!.version}` : undefined;
    sendFhir(request, reply, 200, historyBundle(base, `${base}/${type}/${id}/_history`, versions.slice(0, count), next));
  }
}

function number(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^\d{1,9}$/.test(value) || value === '0') throw invalid(`${name} must be a positive whole number.`);
  return Number(value);
}
