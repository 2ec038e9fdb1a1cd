import { Body, Controller, Get, Param, Post, Put, Res } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { StandardRoute } from '../../auth';
import { sendBare } from '../../standard';
import { VitalDto } from './vital.dto';
import { VitalService } from './vital.service';

@Controller('apis/:site/api/patient/:pid/encounter/:eid/vital')
export class VitalController {
  constructor(private readonly vitals: VitalService) {}

  @Get()
  @StandardRoute({ scope: 'user/vital.s', acl: 'encounters/notes' })
  async list(@Param('pid') pid: string, @Param('eid') eid: string, @Res() reply: FastifyReply): Promise<void> {
    sendBare(reply, await this.vitals.list(pid, eid));
  }

  @Get(':vid')
  @StandardRoute({ scope: 'user/vital.r', acl: 'encounters/notes' })
  async read(@Param() path: { pid: string; eid: string; vid: string }, @Res() reply: FastifyReply): Promise<void> {
    sendBare(reply, await this.vitals.read(path.pid, path.eid, path.vid));
  }

  @Post()
  @ApiBody({ type: VitalDto })
  @StandardRoute({ scope: 'user/vital.c', acl: 'encounters/notes' })
  async create(@Param('pid') pid: string, @Param('eid') eid: string, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    sendBare(reply, await this.vitals.create(pid, eid, body), 201);
  }

  @Put(':vid')
  @ApiBody({ type: VitalDto })
  @StandardRoute({ scope: 'user/vital.u', acl: 'encounters/notes' })
  async update(@Param() path: { pid: string; eid: string; vid: string }, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    sendBare(reply, await this.vitals.update(path.pid, path.eid, path.vid, body));
  }
}
