import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FhirRoute } from '../../auth';
import { CONFIG, type Config, siteUrls } from '../../config';
import { context, noteAudit, SalusError } from '../../kernel';
import { knownType, legalId } from '../interactions/resource-input';
import { SearchService } from '../search';
import { preferences, sendFhir } from './fhir-reply';
import { access } from './resource.controller';

/** Search by type (R4 §3.1.1), by GET and by POST. */
@Controller('apis/:site/fhir')
export class SearchController {
  constructor(
    private readonly search: SearchService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':type')
  @FhirRoute('search')
  async byGet(@Param('type') type: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(type, queryOf(request), request, reply);
  }

  /** What lies in one patient’s compartment (R4 §3.1.1.2.2); other compartments are not offered. */
  @Get(':compartment/:id/:type')
  @FhirRoute('search')
  async inCompartment(@Param() path: { compartment: string; id: string; type: string }, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (path.compartment !== 'Patient') throw new SalusError('not-found', 'Only the compartments of patients can be searched.');
    await this.answer(path.type, queryOf(request), request, reply, legalId(path.id));
  }

  @Post(':type/_search')
  @FhirRoute('search')
  async byPost(@Param('type') type: string, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (request.headers['content-type'] && !request.headers['content-type'].startsWith('application/x-www-form-urlencoded')) {
      throw new SalusError('unsupported-media', 'Send a search as application/x-www-form-urlencoded.');
    }
    await this.answer(type, [...queryOf(request), ...pairs(body)], request, reply);
  }

  private async answer(type: string, params: [string, string][], request: FastifyRequest, reply: FastifyReply, patient?: string): Promise<void> {
    noteAudit('search', knownType(type));
    const strict = preferences(request).handling === 'strict';
    const relevant = params.filter(([name]) => name !== '_format' && name !== '_pretty');
    const bundle = await this.search.search(access(), type, relevant, { baseUrl: siteUrls(this.config, context().site).fhir, strict, ...(patient !== undefined && { compartment: { patient } }) });
    sendFhir(request, reply, 200, bundle);
  }
}

/** Parameters in their order, repeated ones included; `+` is a space and `%2B` a plus, as forms have it. */
function queryOf(request: FastifyRequest): [string, string][] {
  const at = request.url.indexOf('?');
  return at < 0 ? [] : [...new URLSearchParams(request.url.slice(at + 1))];
}

function pairs(body: unknown): [string, string][] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]));
}
