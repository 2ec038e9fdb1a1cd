import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Json, stringifyJson } from '#libs/fhir';
import { FhirRoute } from '../../auth';
import { CONFIG, type Config, siteUrls } from '../../config';
import { context, noteAudit } from '../../kernel';
import { queryPairs, sendFhir } from '../http/fhir-reply';
import { access, requireFhirBody } from '../http/fhir-request';
import { OperationRunner } from './operation-runner';

/** A dollar sign is no character of a type or an id: these win over `:type` and `:type/:id`. */
const PATHS = ['$:operation', ':type/$:operation', ':type/:id/$:operation'];

interface Path { operation: string; type?: string; id?: string }

/** Operations (R4 §3.2), at all their levels. */
@Controller('apis/:site/fhir')
export class OperationController {
  constructor(
    private readonly runner: OperationRunner,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(PATHS)
  @FhirRoute('operation')
  async byGet(@Param() path: Path, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(path, undefined, request, reply);
  }

  @Post(PATHS)
  @FhirRoute('operation')
  @HttpCode(200)
  async byPost(@Param() path: Path, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!isGraphql(request)) requireFhirBody(request);
    await this.answer(path, body, request, reply);
  }

  private async answer({ operation: name, type, id }: Path, body: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const method = request.method === 'POST' ? 'POST' : 'GET';
    const place = { ...(type !== undefined && { type }), ...(id !== undefined && { id }) };
    const baseUrl = siteUrls(this.config, context().site).fhir;
    const { operation, call } = this.runner.prepare(access(), { name, ...place, method, query: queryPairs(request), body, baseUrl });
    noteAudit(`$${name}`, [type, id].filter(Boolean).join('/') || 'system', type === 'Patient' ? id : undefined);
    const answer = await operation.run(call);
    if (answer.headers) void reply.headers(answer.headers);
    const bytes = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(stringifyJson(answer.body as Json));
    if (answer.contentType === undefined) return sendFhir(request, reply, answer.status ?? 200, bytes);
    void reply.code(answer.status ?? 200).header('content-type', answer.contentType).send(bytes);
  }
}

/** Its parser takes it for that one operation alone. */
const isGraphql = ({ headers }: FastifyRequest): boolean => /^application\/graphql\s*(;|$)/i.test(headers['content-type'] ?? '');
