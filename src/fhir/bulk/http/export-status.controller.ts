import { Controller, Delete, Get, HttpCode, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FhirRoute } from '../../../auth';
import { CONFIG, type Config, siteUrls } from '../../../config';
import { clock, context, noteAudit, SalusError } from '../../../kernel';
import type { JobRecord } from '../../../queue';
import { Exports } from '../exports';
import { type Manifest, manifestOf } from '../manifest';

/** Status and end of exports (Bulk Data Access 2.0 §“Bulk Data Status Request”, §“Bulk Data Delete Request”). */
@Controller('apis/:site/fhir')
export class ExportStatusController {
  constructor(
    private readonly exports: Exports,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('$bulkdata-status')
  @FhirRoute('operation:bulkdata-status')
  async status(@Query('job') id: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<Manifest | undefined> {
    noteAudit('export.status', `job/${String(id).slice(0, 36)}`);
    const { access, site } = context();
    const job = await this.exports.find(access!, id);
    if (job.state === 'failed') throw new SalusError('fault', job.error ?? 'The export failed.');
    if (job.state !== 'done') return void reply.code(202).header('retry-after', retryAfter(job)).header('x-progress', job.progress ?? 'waiting');
    void reply.header('expires', new Date(job.expires!).toUTCString()).header('content-type', 'application/json; charset=utf-8');
    return manifestOf(job, siteUrls(this.config, site).fhir);
  }

  @Delete('$bulkdata-status')
  @FhirRoute('operation:bulkdata-status')
  @HttpCode(202)
  async cancel(@Query('job') id: unknown): Promise<void> {
    noteAudit('export.delete', `job/${String(id).slice(0, 36)}`);
    await this.exports.cancel(context().access!, id);
  }
}

/** A tenth of what it has taken so far: short jobs are noticed soon, long ones are not pestered. */
const retryAfter = (job: JobRecord): string => String(Math.min(60, Math.max(1, Math.round((clock.now() - job.created) / 10_000))));
