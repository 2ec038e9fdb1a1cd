import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { StandardRoute } from '../../auth';
import { type Envelope, single } from '../../standard';
import { PractitionerDto } from './practitioner.dto';
import { PractitionerService } from './practitioner.service';
import type { PractitionerView } from './practitioner.view';

@Controller('apis/:site/api/practitioner')
export class PractitionerController {
  constructor(private readonly practitioners: PractitionerService) {}

  @Get()
  @StandardRoute({ scope: 'user/practitioner.s', acl: 'admin/users' })
  list(@Query() query: Record<string, unknown>, @Req() request: FastifyRequest): Promise<Envelope<PractitionerView[]>> {
    return this.practitioners.list(query, request.url);
  }

  @Get(':pruuid')
  @StandardRoute({ scope: 'user/practitioner.r', acl: 'admin/users' })
  async read(@Param('pruuid') uuid: string): Promise<Envelope<PractitionerView | never[]>> {
    return single(await this.practitioners.read(uuid));
  }

  @Post()
  @HttpCode(201)
  @ApiBody({ type: PractitionerDto })
  @StandardRoute({ scope: 'user/practitioner.c', acl: 'admin/users' })
  async create(@Body() body: unknown): Promise<Envelope<{ id: number; uuid: string } | never[]>> {
    return single(await this.practitioners.create(body));
  }

  @Put(':pruuid')
  @ApiBody({ type: PractitionerDto })
  @StandardRoute({ scope: 'user/practitioner.u', acl: 'admin/users' })
  async update(@Param('pruuid') uuid: string, @Body() body: unknown): Promise<Envelope<PractitionerView | never[]>> {
    return single(await this.practitioners.update(uuid, body));
  }
}
