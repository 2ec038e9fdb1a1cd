import { Injectable } from '@nestjs/common';
import { Db, placeholders, type Sql, type SqlValue, type Tx } from '../../database';
import { sqlDateTime } from '../../kernel';
import { type TableStore, TableStores, whereEqual } from '../../standard';
import { facilityKeys } from '../facility';
import { type PractitionerRow, userTable } from './practitioner.entity';
import { practitionerSource } from './practitioner.fhir';

/** What other domains show of a person who works here. */
export interface PractitionerKey {
  id: number;
  uuid: string;
  username: string | null;
  npi: string | null;
  fname: string | null;
  lname: string | null;
  fhir_type: string;
  facility_id: number | null;
}

const MOST_ROWS = 10_000;

/** Providers: a number, and a login or a place in the address book. */
const PROVIDERS = ["npi IS NOT NULL AND npi <> ''", "(username IS NOT NULL OR abook_type IN ('ord_lab', 'spe', 'external_provider'))"];

/** Every query on `users`. */
@Injectable()
export class PractitionerRepository {
  readonly store: TableStore<PractitionerRow>;

  constructor(stores: TableStores, private readonly db: Db) {
    this.store = stores.open<PractitionerRow>({ table: userTable, source: practitionerSource, defaults, complete });
  }

  async byUuid(uuid: string): Promise<PractitionerRow | undefined> {
    const [row] = await (await this.db.sql()).query<PractitionerRow>(`SELECT * FROM users WHERE uuid = ? AND ${PROVIDERS.join(' AND ')}`, [uuid]);
    return row;
  }

  /** Providers whose columns equal the filters; `filters` has been reduced to known columns. */
  async find(filters: Record<string, SqlValue>): Promise<PractitionerRow[]> {
    const { sql, params } = whereEqual(filters, PROVIDERS);
    return (await this.db.sql()).query<PractitionerRow>(`SELECT * FROM users ${sql} ORDER BY id LIMIT ${MOST_ROWS}`, params);
  }

  async facilityExists(id: number): Promise<boolean> {
    return (await facilityKeys(await this.db.sql(), 'id', [id])).size > 0;
  }
}

/** People by number or by uuid, for the domains that point at them. */
export async function practitionerKeys(sql: Sql, column: 'id' | 'uuid' | 'username', values: readonly (string | number)[]): Promise<Map<string | number, PractitionerKey>> {
  const found = new Map<string | number, PractitionerKey>();
  const unique = [...new Set(values)];
  for (let at = 0; at < unique.length; at += 500) {
    const chunk = unique.slice(at, at + 500);
    const rows = await sql.query<PractitionerKey>(`SELECT id, uuid, username, npi, fname, lname, fhir_type, facility_id FROM users WHERE ${column} IN (${placeholders(chunk.length)})`, chunk);
    for (const row of rows) found.set(row[column]!, row);
  }
  return found;
}

const defaults = (): Partial<PractitionerRow> => ({ fhir_type: 'Practitioner', active: 1, authorized: 1, see_auth: 1, calendar: 0, portal_user: 0, abook_type: 'external_provider', date_created: sqlDateTime() });

async function complete(tx: Tx, rows: PractitionerRow[], fresh: boolean[]): Promise<boolean[]> {
  const count = fresh.filter(Boolean).length;
  let next = count > 0 ? await tx.take('users', count) : 0;
  for (const [index, row] of rows.entries()) {
    if (fresh[index]) row.id = next++;
    row.last_updated = sqlDateTime();
  }
  return rows.map(() => true);
}
