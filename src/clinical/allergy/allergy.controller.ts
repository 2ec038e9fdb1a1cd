import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { StandardRoute } from '../../auth';
import { type Envelope, single } from '../../standard';
import { FilterQueries, type IssueView } from '../issue';
import { AllergyDto } from './allergy.dto';
import { ALLERGY_FILTERS } from './allergy.filters';
import { AllergyService } from './allergy.service';

type Filters = Record<string, unknown>;

@Controller('apis/:site/api')
export class AllergyController {
  constructor(private readonly allergies: AllergyService) {}

  @Get('allergy')
  @FilterQueries(ALLERGY_FILTERS)
  @StandardRoute({ scope: 'user/allergy.s', acl: 'patients/med' })
  list(@Query() query: Filters, @Req() request: FastifyRequest): Promise<Envelope<IssueView[]>> {
    return this.allergies.list(query, request.url);
  }

  @Get('allergy/:auuid')
  @StandardRoute({ scope: 'user/allergy.r', acl: 'patients/med' })
  async read(@Param('auuid') uuid: string): Promise<Envelope<IssueView | never[]>> {
    return single(await this.allergies.read(uuid));
  }

  @Get('patient/:puuid/allergy')
  @FilterQueries(ALLERGY_FILTERS)
  @StandardRoute({ scope: 'user/allergy.s', acl: 'patients/med' })
  listOfPatient(@Param('puuid') puuid: string, @Query() query: Filters, @Req() request: FastifyRequest): Promise<Envelope<IssueView[]>> {
    return this.allergies.listOfPatient(puuid, query, request.url);
  }

  @Get('patient/:puuid/allergy/:auuid')
  @StandardRoute({ scope: 'user/allergy.r', acl: 'patients/med' })
  readOfPatient(@Param('puuid') puuid: string, @Param('auuid') uuid: string, @Query() query: Filters, @Req() request: FastifyRequest): Promise<Envelope<IssueView[]>> {
    return this.allergies.readOfPatient(puuid, uuid, query, request.url);
  }

  @Post('patient/:puuid/allergy')
  @HttpCode(201)
  @ApiBody({ type: AllergyDto })
  @StandardRoute({ scope: 'user/allergy.c', acl: 'patients/med' })
  async create(@Param('puuid') puuid: string, @Body() body: unknown): Promise<Envelope<{ id: number; uuid: string } | never[]>> {
    return single(await this.allergies.create(puuid, body));
  }

  @Put('patient/:puuid/allergy/:auuid')
  @ApiBody({ type: AllergyDto })
  @StandardRoute({ scope: 'user/allergy.u', acl: 'patients/med' })
  async update(@Param('puuid') puuid: string, @Param('auuid') uuid: string, @Body() body: unknown): Promise<Envelope<IssueView | never[]>> {
    return single(await this.allergies.update(puuid, uuid, body));
  }

  @Delete('patient/:puuid/allergy/:auuid')
  @StandardRoute({ scope: 'user/allergy.d', acl: 'patients/med' })
  async remove(@Param('puuid') puuid: string, @Param('auuid') uuid: string): Promise<Envelope<{ uuid: string } | never[]>> {
    return single(await this.allergies.remove(puuid, uuid));
  }
}
