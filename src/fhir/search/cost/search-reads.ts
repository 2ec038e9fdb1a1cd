import { Injectable } from '@nestjs/common';
import { Db, type SiteDatabase, type Sql } from '../../../database';
import { clock } from '../../../kernel';

/** A store of fewer resources has nothing to search through that would take long. */
const LARGE = 50_000;
const RECHECKED_MS = 10_000;

/**
 * The connection that a search reads by: one on which it is stopped if it takes too long. SQLite answers in this very
 * process, which nothing stops; what is not sure to be short runs in a process apart (docs/adr/0012).
 */
@Injectable()
export class SearchReads {
  private readonly sizes = new WeakMap<SiteDatabase, { large: boolean; at: number }>();

  constructor(private readonly db: Db) {}

  /** `narrow`: the search keeps to one chart, or to resources by name. */
  async reads(narrow: boolean): Promise<Sql> {
    const database = await this.db.here();
    if (database.dialect === 'sqlite' && (narrow || !(await this.isLarge(database)))) return database.sql;
    return database.boundedSql;
  }

  /** Keys are numbered on, so the last one tells; what is large once stays so. */
  private async isLarge(database: SiteDatabase): Promise<boolean> {
    const known = this.sizes.get(database);
    if (known && (known.large || clock.now() - known.at < RECHECKED_MS)) return known.large;
    const [row] = await database.sql.rows('SELECT MAX(id) FROM fhir_resource');
    const large = Number(row![0] ?? 0) > LARGE;
    this.sizes.set(database, { large, at: clock.now() });
    return large;
  }
}
