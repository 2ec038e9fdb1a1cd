import { Injectable } from '@nestjs/common';
import { createTables, Db, type TableDefinition, type Tx } from '../../../database';
import { currentSite, randomToken } from '../../../kernel';

/** Random keys of a site by what they are for. */
export const secretTable: TableDefinition = { name: 'fhir_secret', columns: { name: 'string(40)!', secret: 'string(64)!' }, key: ['name'] };

export const CreateFhirSecret = createTables(1762000001100, 'CreateFhirSecret', [secretTable]);

const PURPOSE = 'search-cursor';

/** The key that page links of the current site are signed with: the same in every process, made on first need. */
@Injectable()
export class CursorSecret {
  private readonly known = new Map<string, string>();

  constructor(private readonly db: Db) {}

  async get(): Promise<string> {
    const site = currentSite();
    const secret = this.known.get(site) ?? (await this.stored()) ?? (await this.create());
    this.known.set(site, secret);
    return secret;
  }

  private async stored(): Promise<string | undefined> {
    const sql = await this.db.sql();
    const [row] = await sql.query<{ secret: string }>('SELECT secret FROM fhir_secret WHERE name = ?', [PURPOSE]);
    return row?.secret;
  }

  /** Another process may be first; then its key is the one. */
  private async create(): Promise<string> {
    const secret = randomToken();
    try {
      await this.db.transaction((tx: Tx) => tx.insert('fhir_secret', ['name', 'secret'], [[PURPOSE, secret]]));
      return secret;
    } catch (error) {
      const stored = await this.stored();
      if (stored === undefined) throw error;
      return stored;
    }
  }
}
