import { Body, Controller, Get, Header, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOkResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { StandardRoute } from '../../auth';
import { type Envelope, many, pageLinks, single, singleJson } from '../../standard';
import { PatientDto } from './patient.dto';
import { PatientService } from './patient.service';
import type { PatientView } from './patient.view';

@Controller('apis/:site/api/patient')
export class PatientController {
  constructor(private readonly patients: PatientService) {}

  @Get()
  @StandardRoute({ scope: 'user/patient.s', acl: 'patients/demo' })
  async list(@Query() query: Record<string, unknown>, @Req() request: FastifyRequest): Promise<Envelope<PatientView[]>> {
    const { rows, page, more, url } = await this.patients.list(query, request.url);
    return many(rows, pageLinks(url, query, page, more));
  }

  @Get(':puuid')
  @StandardRoute({ scope: 'user/patient.r', acl: 'patients/demo' })
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOkResponse({ type: Object })
  async read(@Param('puuid') uuid: string): Promise<string> {
    return singleJson(await this.patients.read(uuid));
  }

  @Post()
  @HttpCode(201)
  @ApiBody({ type: PatientDto })
  @StandardRoute({ scope: 'user/patient.c', acl: 'patients/demo' })
  async create(@Body() body: unknown): Promise<Envelope<{ pid: number; uuid: string } | never[]>> {
    return single(await this.patients.create(body));
  }

  @Put(':puuid')
  @ApiBody({ type: PatientDto })
  @StandardRoute({ scope: 'user/patient.u', acl: 'patients/demo' })
  async update(@Param('puuid') uuid: string, @Body() body: unknown): Promise<Envelope<PatientView | never[]>> {
    return single(await this.patients.update(uuid, body));
  }
}
