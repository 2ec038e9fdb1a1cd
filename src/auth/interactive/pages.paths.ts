import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config';
import { currentSite } from '../../kernel';

/** Where the pages of the current site are: paths, so that they work under whatever name the server was called by. */
@Injectable()
export class PagePaths {
  private readonly prefix: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.prefix = new URL(config.BASE_URL).pathname.replace(/\/$/, '');
  }

  /** `of('provider/login', { interaction })` → `/oauth2/default/provider/login?interaction=…` */
  of(page: string, query: Record<string, string> = {}): string {
    const text = new URLSearchParams(query).toString();
    return `${this.prefix}/oauth2/${currentSite()}/${page}${text && `?${text}`}`;
  }

  /** A place on this server named by a request: never another server's. The front page when it is not one. */
  local(wanted: unknown): string {
    const front = `${this.prefix}/`;
    if (typeof wanted !== 'string' || wanted.length > 2000 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(wanted)) return front;
    return wanted;
  }
}
