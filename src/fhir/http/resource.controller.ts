import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FhirRoute } from '../../auth';
import { SalusError } from '../../kernel';
import { knownType, legalId } from '../interactions/resource-input';
import { isKnownToReader } from '../interactions/version-condition';
import { PublishedDefinitions } from '../published/published-definitions';
import { ResourceReader } from '../store';
import { sendContent } from './binary-content';
import { sendFhir, versionHeaders } from './fhir-reply';
import { access, note } from './fhir-request';
import { subsetBody } from './subset-body';

/** Reads of one resource (R4 §3.1.0.1 – 3.1.0.3), for every type alike. */
@Controller('apis/:site/fhir')
export class ResourceController {
  constructor(
    private readonly reader: ResourceReader,
    private readonly published: PublishedDefinitions,
  ) {}

  @Get(':type/:id')
  @FhirRoute('read')
  async read(@Param('type') type: string, @Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    note('read', type, id);
    const found = await this.published.read(access(), knownType(type), legalId(id));
    versionHeaders(reply, found.version, found.lastUpdated);
    const { 'if-none-match': ifNoneMatch, 'if-modified-since': ifModifiedSince } = request.headers;
    if (isKnownToReader({ ...(ifNoneMatch !== undefined && { ifNoneMatch }), ...(ifModifiedSince !== undefined && { ifModifiedSince }) }, found)) return void reply.code(304).send();
    if (type === 'Binary' && sendContent(request, reply, found.body)) return;
    sendFhir(request, reply, 200, subsetBody(type, request.query, found.body));
  }

  @Get(':type/:id/_history/:version')
  @FhirRoute('vread')
  async readVersion(@Param() params: { type: string; id: string; version: string }, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { type, id, version } = params;
    note('vread', type, id);
    if (!/^\d{1,9}$/.test(version)) throw new SalusError('not-found', 'There is no such version.');
    const found = await this.reader.readVersion(access(), knownType(type), legalId(id), Number(version));
    versionHeaders(reply, found.version, found.lastUpdated);
    if (type === 'Binary' && sendContent(request, reply, found.body)) return;
    sendFhir(request, reply, 200, subsetBody(type, request.query, found.body));
  }
}
