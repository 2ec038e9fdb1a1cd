import { Injectable } from '@nestjs/common';
import { type Access, clock } from '../../kernel';
import { accessPatients } from '../search/access/access-condition';
import { newScope } from '../search/compile/selection';
import { SearchReads } from '../search/cost/search-reads';
import { fetchNamed } from '../search/include/forward';
import { type StoredRow, storedRow } from '../search/include/stored-row';

/** Many resources by name at once. */
@Injectable()
export class NamedResources {
  constructor(private readonly reads: SearchReads) {}

  /** Those of `names` (`Type/id`) that are there and the caller’s to see, in no order. One statement. */
  async load(access: Access, names: ReadonlySet<string>): Promise<StoredRow[]> {
    if (names.size === 0) return [];
    const sql = await this.reads.reads(true);
    const scope = newScope(access, await accessPatients(sql, access), clock.now());
    return (await fetchNamed(sql, names, scope, names.size)).map(storedRow);
  }
}
