import { Body, Controller, Delete, Get, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { operationOutcome } from '#libs/fhir';
import { FhirRoute } from '../../auth';
import { CONFIG, type Config, siteUrls } from '../../config';
import { type Access, context, noteAudit, SalusError } from '../../kernel';
import { Interactions } from '../interactions/interactions';
import { knownType, legalId } from '../interactions/resource-input';
import { ResourceReader, type Written } from '../store';
import { ifMatch, isFhirJson, preferences, sendFhir, versionHeaders } from './fhir-reply';
import { subsetBody } from './subset-body';

/** Interactions on one resource (R4 §3.1.0), for every type alike. */
@Controller('apis/:site/fhir')
export class ResourceController {
  constructor(
    private readonly reader: ResourceReader,
    private readonly interactions: Interactions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':type/:id')
  @FhirRoute('read')
  async read(@Param('type') type: string, @Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    note('read', type, id);
    const found = await this.reader.read(access(), knownType(type), legalId(id));
    versionHeaders(reply, found.version, found.lastUpdated);
    if (request.headers['if-none-match'] === `W/"${found.version}"`) return void reply.code(304).send();
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
    sendFhir(request, reply, 200, subsetBody(type, request.query, found.body));
  }

  @Post(':type')
  @FhirRoute('create')
  async create(@Param('type') type: string, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    requireJson(request);
    const ifNoneExist = request.headers['if-none-exist'] as string | undefined;
    const written = await this.interactions.create(access(), knownType(type), body, ifNoneExist);
    this.sendWritten(request, reply, written);
  }

  @Put(':type/:id')
  @FhirRoute('update')
  async update(@Param('type') type: string, @Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    note('update', type, id);
    requireJson(request);
    const written = await this.interactions.update(access(), knownType(type), legalId(id), body, ifMatch(request));
    this.sendWritten(request, reply, written);
  }

  @Delete(':type/:id')
  @FhirRoute('delete')
  async delete(@Param('type') type: string, @Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    note('delete', type, id);
    const written = await this.interactions.delete(access(), knownType(type), legalId(id), ifMatch(request));
    versionHeaders(reply, written.version, written.lastUpdated);
    void reply.code(204).send();
  }

  /** 201 with Location for what is new, else 200; the body as `Prefer: return` asks. */
  private sendWritten(request: FastifyRequest, reply: FastifyReply, written: Written): void {
    const location = `${siteUrls(this.config, context().site).fhir}/${written.type}/${written.id}/_history/${written.version}`;
    versionHeaders(reply, written.version, written.lastUpdated);
    const created = written.outcome === 'created';
    if (created) reply.header('location', location);
    const wanted = preferences(request).return;
    if (wanted === 'minimal') return void reply.code(created ? 201 : 200).send();
    const outcome = () => JSON.stringify(operationOutcome([{ severity: 'information', code: 'informational', diagnostics: `Stored as version ${written.version}.` }]));
    sendFhir(request, reply, created ? 201 : 200, wanted === 'OperationOutcome' ? outcome() : written.body);
  }
}

/** What the audit says once type and id are known to be such; a path may hold anything, also a name. */
function note(action: string, type: string, id: string): void {
  noteAudit(action, `${knownType(type)}/${legalId(id)}`, type === 'Patient' ? id : undefined);
}

/** The guard has put it there; without it nothing is read. */
export function access(): Access {
  const granted = context().access;
  if (!granted) throw new SalusError('unauthenticated', 'A valid access token is required.');
  return granted;
}

export function requireJson(request: FastifyRequest): void {
  if (!isFhirJson(request.headers['content-type'])) throw new SalusError('unsupported-media', 'Send FHIR resources as application/fhir+json.');
}
