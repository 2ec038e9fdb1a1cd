import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth';
import { Sites } from '../database';

/** What a balancer or an orchestrator asks. */
@Controller()
export class HealthController {
  constructor(private readonly sites: Sites) {}

  @Get(['health/live', 'meta/health/livez'])
  @Public('health checks carry no token and tell nothing about records')
  @HttpCode(200)
  live(): { status: string } {
    return { status: 'alive' };
  }

  /** 200 once every site's database answers and is migrated, else 503. */
  @Get(['health/ready', 'meta/health/readyz'])
  @Public('health checks carry no token and tell nothing about records')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const checks = Object.fromEntries(await Promise.all(this.sites.keys.map(async (site) => [site, await this.answers(site)] as const)));
    const ready = Object.values(checks).every(Boolean);
    void reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'error', checks });
  }

  private async answers(site: string): Promise<boolean> {
    try {
      await (await this.sites.database(site)).sql.query('SELECT 1 AS one');
      return true;
    } catch {
      return false;
    }
  }
}
