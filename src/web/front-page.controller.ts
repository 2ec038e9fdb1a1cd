import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { layout, Public, sendPage } from '../auth';
import { CONFIG, type Config } from '../config';
import { Sites } from '../database';
import { frontPage, type SiteState } from './front-page';

/** `/`: what this is, how it is, and the way to everything else. */
@Controller()
export class FrontPageController {
  constructor(
    private readonly sites: Sites,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('/')
  @Public('the front page tells a newcomer where to go')
  async show(@Res() reply: FastifyReply): Promise<void> {
    const states = await Promise.all(this.sites.keys.map((site) => this.state(site)));
    sendPage(reply, layout({ title: 'Welcome', wide: true, content: frontPage(this.config, states) }));
  }

  private async state(site: string): Promise<SiteState> {
    try {
      await (await this.sites.database(site)).sql.query('SELECT 1 AS one');
      return { site, up: true };
    } catch {
      return { site, up: false };
    }
  }
}
