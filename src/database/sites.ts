import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config } from '../config';
import { currentSite, log, SalusError } from '../kernel';
import { migrate } from './migrate';
import { mysqlAddress, type Schema } from './options';
import { SiteDatabase } from './site-database';
import type { Sql } from './sql';
import type { Tx } from './transaction';

/** Injection token of the whole house's entities and migrations. */
export const SCHEMA = Symbol('SCHEMA');

/** The open databases, one per site. */
@Injectable()
export class Sites implements OnModuleDestroy {
  private readonly open = new Map<string, Promise<SiteDatabase>>();
  private readonly ready = new Map<string, SiteDatabase>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SCHEMA) private readonly schema: Schema,
  ) {}

  /** Keys of all configured sites. */
  get keys(): readonly string[] {
    return this.config.SITES;
  }

  has(site: string): boolean {
    return this.config.SITES.includes(site);
  }

  /** Opens, and migrates, on first use. Only configured names ever reach a file or a server. */
  database(site: string): Promise<SiteDatabase> {
    if (!this.has(site)) throw new SalusError('invalid', 'Unknown site.');
    const known = this.open.get(site);
    if (known) return known;
    const opening = this.openSite(site);
    this.open.set(site, opening);
    opening.then((database) => void this.ready.set(site, database), () => undefined);
    opening.catch(() => this.open.delete(site));
    return opening;
  }

  /** The database of a site that is open already, without waiting. */
  opened(site: string): SiteDatabase | undefined {
    return this.ready.get(site);
  }

  async onModuleDestroy(): Promise<void> {
    this.ready.clear();
    const opened = await Promise.allSettled(this.open.values());
    for (const site of opened) if (site.status === 'fulfilled') await site.value.close();
    this.open.clear();
  }

  private async openSite(site: string): Promise<SiteDatabase> {
    const database = await SiteDatabase.open(this.config, site, this.schema);
    const done = await migrate(database.dataSource, this.config.DATABASE_URL.startsWith('sqlite:') ? undefined : mysqlAddress(this.config, site));
    if (done > 0) log.info({ site, migrations: done }, 'database migrated');
    return database;
  }
}

/** The current site's database. Every repository works through this, so no query can name another site's tables. */
@Injectable()
export class Db {
  constructor(private readonly sites: Sites) {}

  here(): Promise<SiteDatabase> {
    return this.sites.database(currentSite());
  }

  /** Committed reads, where the database is open already: for whoever would rather not wait. */
  get openSql(): Sql | undefined {
    return this.sites.opened(currentSite())?.sql;
  }

  /** Committed reads. */
  async sql(): Promise<Sql> {
    return (await this.here()).sql;
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return (await this.here()).transaction(work);
  }
}
