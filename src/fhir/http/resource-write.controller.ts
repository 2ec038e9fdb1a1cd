import { Body, Controller, Delete, Inject, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FhirRoute } from '../../auth';
import { CONFIG, type Config, siteUrls } from '../../config';
import { context } from '../../kernel';
import { Interactions, type Target } from '../interactions/interactions';
import { chosenId, knownType, legalId } from '../interactions/resource-input';
import { patchBody } from './patch-body';
import { access, note, requireFhirBody } from './fhir-request';
import { cascades, criteria, writeConditions } from './write-request';
import { sendDeleted, sendWritten } from './write-reply';

interface Path { type: string; id?: string }

/** An id, or else the criteria of a conditional write. */
const PATHS = [':type/:id', ':type'];

/** Writes of one resource (R4 §3.1.0.4 – 3.1.0.8), for every type alike. */
@Controller('apis/:site/fhir')
export class ResourceWriteController {
  constructor(
    private readonly interactions: Interactions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post(':type')
  @FhirRoute('create')
  async create(@Param() { type }: Path, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    requireFhirBody(request);
    const ifNoneExist = request.headers['if-none-exist'];
    const conditions = typeof ifNoneExist === 'string' ? { ifNoneExist: ifNoneExist.replace(/^\?/, '') } : {};
    sendWritten(request, reply, await this.interactions.create(access(), knownType(type), body, conditions), this.base);
  }

  @Put(PATHS)
  @FhirRoute('update')
  async update(@Param() path: Path, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (path.id !== undefined) chosenId(path.id);
    const target = targetOf('update', path, request);
    requireFhirBody(request);
    sendWritten(request, reply, await this.interactions.update(access(), path.type, target, body, writeConditions(request)), this.base);
  }

  @Patch(PATHS)
  @FhirRoute('patch')
  async patch(@Param() path: Path, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const target = targetOf('patch', path, request);
    const { ifMatch } = writeConditions(request);
    const result = await this.interactions.patch(access(), path.type, target, patchBody(request, body), ifMatch === undefined ? {} : { ifMatch });
    sendWritten(request, reply, result, this.base);
  }

  @Delete(PATHS)
  @FhirRoute('delete')
  async delete(@Param() path: Path, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const target = targetOf('delete', path, request);
    const { ifMatch } = writeConditions(request);
    const conditions = { ...(ifMatch !== undefined && { ifMatch }), ...(cascades(request) && { cascade: true }) };
    sendDeleted(request, reply, await this.interactions.delete(access(), path.type, target, conditions));
  }

  private get base(): string {
    return siteUrls(this.config, context().site).fhir;
  }
}

/** What the audit says, once type and id are known to be such: a path may hold anything, also a name. */
function targetOf(action: string, { type, id }: Path, request: FastifyRequest): Target {
  if (id === undefined) return { query: criteria(knownType(type), request) };
  note(action, type, id);
  return { id: legalId(id) };
}
