import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FhirRoute } from '../../auth';
import { CONFIG, type Config, siteUrls } from '../../config';
import { context, noteAudit } from '../../kernel';
import { BundleService } from '../bundle';
import { preferences, sendFhir } from './fhir-reply';
import { access, requireFhirBody } from './fhir-request';

/** Transactions and batches (R4 §3.1.0.11). */
@Controller('apis/:site/fhir')
export class BundleController {
  constructor(
    private readonly bundles: BundleService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @FhirRoute('transaction')
  async process(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    requireFhirBody(request);
    noteAudit('transaction', 'Bundle');
    const answer = await this.bundles.process(access(), body, { baseUrl: siteUrls(this.config, context().site).fhir, prefer: preferences(request).return });
    sendFhir(request, reply, 200, answer);
  }
}
