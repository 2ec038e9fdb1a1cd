import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { StandardRoute } from '../../auth';
import { type Envelope, single } from '../../standard';
import { FacilityDto } from './facility.dto';
import { FacilityService } from './facility.service';
import type { FacilityView } from './facility.view';

@Controller('apis/:site/api/facility')
export class FacilityController {
  constructor(private readonly facilities: FacilityService) {}

  @Get()
  @StandardRoute({ scope: 'user/facility.s', acl: 'admin/users' })
  list(@Query() query: Record<string, unknown>, @Req() request: FastifyRequest): Promise<Envelope<FacilityView[]>> {
    return this.facilities.list(query, request.url);
  }

  @Get(':fuuid')
  @StandardRoute({ scope: 'user/facility.r', acl: 'admin/users' })
  async read(@Param('fuuid') uuid: string): Promise<Envelope<FacilityView | never[]>> {
    return single(await this.facilities.read(uuid));
  }

  @Post()
  @HttpCode(201)
  @ApiBody({ type: FacilityDto })
  @StandardRoute({ scope: 'user/facility.c', acl: 'admin/super' })
  async create(@Body() body: unknown): Promise<Envelope<{ id: number; uuid: string } | never[]>> {
    return single(await this.facilities.create(body));
  }

  @Put(':fuuid')
  @ApiBody({ type: FacilityDto })
  @StandardRoute({ scope: 'user/facility.u', acl: 'admin/super' })
  async update(@Param('fuuid') uuid: string, @Body() body: unknown): Promise<Envelope<FacilityView | never[]>> {
    return single(await this.facilities.update(uuid, body));
  }
}
