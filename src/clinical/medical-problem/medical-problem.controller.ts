import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { StandardRoute } from '../../auth';
import { type Envelope, single } from '../../standard';
import { FilterQueries, type IssueView } from '../issue';
import { MedicalProblemDto } from './medical-problem.dto';
import { PROBLEM_FILTERS } from './medical-problem.filters';
import { MedicalProblemService } from './medical-problem.service';

type Filters = Record<string, unknown>;

@Controller('apis/:site/api')
export class MedicalProblemController {
  constructor(private readonly problems: MedicalProblemService) {}

  @Get('medical_problem')
  @FilterQueries(PROBLEM_FILTERS)
  @StandardRoute({ scope: 'user/medical_problem.s', acl: 'encounters/notes' })
  list(@Query() query: Filters, @Req() request: FastifyRequest): Promise<Envelope<IssueView[]>> {
    return this.problems.list(query, request.url);
  }

  @Get('medical_problem/:muuid')
  @StandardRoute({ scope: 'user/medical_problem.r', acl: 'encounters/notes' })
  async read(@Param('muuid') uuid: string): Promise<Envelope<IssueView | never[]>> {
    return single(await this.problems.read(uuid));
  }

  @Get('patient/:puuid/medical_problem')
  @FilterQueries(PROBLEM_FILTERS)
  @StandardRoute({ scope: 'user/medical_problem.s', acl: 'encounters/notes' })
  listOfPatient(@Param('puuid') puuid: string, @Query() query: Filters, @Req() request: FastifyRequest): Promise<Envelope<IssueView[]>> {
    return this.problems.listOfPatient(puuid, query, request.url);
  }

  @Get('patient/:puuid/medical_problem/:muuid')
  @StandardRoute({ scope: 'user/medical_problem.r', acl: 'patients/med' })
  readOfPatient(@Param('puuid') puuid: string, @Param('muuid') uuid: string, @Query() query: Filters, @Req() request: FastifyRequest): Promise<Envelope<IssueView[]>> {
    return this.problems.readOfPatient(puuid, uuid, query, request.url);
  }

  @Post('patient/:puuid/medical_problem')
  @HttpCode(201)
  @ApiBody({ type: MedicalProblemDto })
  @StandardRoute({ scope: 'user/medical_problem.c', acl: 'patients/med' })
  async create(@Param('puuid') puuid: string, @Body() body: unknown): Promise<Envelope<{ id: number; uuid: string } | never[]>> {
    return single(await this.problems.create(puuid, body));
  }

  @Put('patient/:puuid/medical_problem/:muuid')
  @ApiBody({ type: MedicalProblemDto })
  @StandardRoute({ scope: 'user/medical_problem.u', acl: 'patients/med' })
  async update(@Param('puuid') puuid: string, @Param('muuid') uuid: string, @Body() body: unknown): Promise<Envelope<IssueView | never[]>> {
    return single(await this.problems.update(puuid, uuid, body));
  }

  @Delete('patient/:puuid/medical_problem/:muuid')
  @StandardRoute({ scope: 'user/medical_problem.d', acl: 'patients/med' })
  async remove(@Param('puuid') puuid: string, @Param('muuid') uuid: string): Promise<Envelope<{ uuid: string } | never[]>> {
    return single(await this.problems.remove(puuid, uuid));
  }
}
