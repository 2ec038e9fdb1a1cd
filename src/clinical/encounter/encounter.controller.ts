import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StandardRoute } from '../../auth';
import { type Envelope, single } from '../../standard';
import { EncounterDto, EncounterUpdateDto } from './encounter.dto';
import { EncounterService } from './encounter.service';
import type { EncounterView } from './encounter.view';

@Controller('apis/:site/api/patient/:puuid/encounter')
export class EncounterController {
  constructor(private readonly encounters: EncounterService) {}

  @Get()
  @StandardRoute({ scope: 'user/encounter.s', acl: 'encounters/auth_a' })
  async list(@Param('puuid') puuid: string, @Query() query: Record<string, unknown>, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Envelope<EncounterView[]>> {
    const envelope = await this.encounters.list(puuid, query, request.url);
    if (envelope.data.length === 0) reply.code(404);
    return envelope;
  }

  @Get(':euuid')
  @StandardRoute({ scope: 'user/encounter.r', acl: 'encounters/auth_a' })
  async read(@Param('puuid') puuid: string, @Param('euuid') euuid: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<Envelope<EncounterView | never[]>> {
    const encounter = await this.encounters.read(puuid, euuid);
    if (!encounter) reply.code(404);
    return single(encounter);
  }

  @Post()
  @HttpCode(201)
  @ApiBody({ type: EncounterDto })
  @StandardRoute({ scope: 'user/encounter.c', acl: 'encounters/auth_a' })
  async create(@Param('puuid') puuid: string, @Body() body: unknown): Promise<Envelope<EncounterView | never[]>> {
    return single(await this.encounters.create(puuid, body));
  }

  @Put(':euuid')
  @ApiBody({ type: EncounterUpdateDto })
  @StandardRoute({ scope: 'user/encounter.u', acl: 'encounters/auth_a' })
  async update(@Param('puuid') puuid: string, @Param('euuid') euuid: string, @Body() body: unknown): Promise<Envelope<EncounterView | never[]>> {
    return single(await this.encounters.update(puuid, euuid, body));
  }
}
