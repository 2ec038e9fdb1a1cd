import { Injectable } from '@nestjs/common';
import { Db, placeholders, type Sql, type SqlValue, type Tx } from '../../database';
import type { Incoming, Placement } from '../../fhir';
import { sqlDateTime, uuidFrom } from '../../kernel';
import { TableStore, TableStores, whereEqual } from '../../standard';
import { facilityTable, type FacilityRow } from './facility.entity';
import { facilitySource, LOCATION } from './facility.fhir';

/** What other domains show of a facility. */
export interface FacilityKey {
  id: number;
  uuid: string;
  name: string;
  faces: string;
}

/** Logical id of the Location a facility is, where it is one. */
export const locationIdOf = (facility: FacilityKey | undefined): string | null => (facility?.faces === 'both' ? uuidFrom(facility.uuid, LOCATION) : null);

const MOST_ROWS = 10_000;

/** Every query on `facility`. */
@Injectable()
export class FacilityRepository {
  readonly store: TableStore<FacilityRow>;

  constructor(stores: TableStores, private readonly db: Db) {
    this.store = stores.open<FacilityRow>({ table: facilityTable, source: facilitySource, defaults, complete }, FacilityStore);
  }

  async byUuid(uuid: string): Promise<FacilityRow | undefined> {
    const [row] = await (await this.db.sql()).query<FacilityRow>('SELECT * FROM facility WHERE uuid = ?', [uuid]);
    return row;
  }

  /** Rows whose columns equal the filters; `filters` has been reduced to known columns. */
  async find(filters: Record<string, SqlValue>): Promise<FacilityRow[]> {
    const { sql, params } = whereEqual(filters);
    return (await this.db.sql()).query<FacilityRow>(`SELECT * FROM facility ${sql} ORDER BY id LIMIT ${MOST_ROWS}`, params);
  }
}

/** Facilities by number or by uuid, for the domains that point at them. */
export async function facilityKeys(sql: Sql, column: 'id' | 'uuid', values: readonly (string | number)[]): Promise<Map<string | number, FacilityKey>> {
  const unique = [...new Set(values)];
  if (unique.length === 0) return new Map();
  const rows = await sql.query<FacilityKey>(`SELECT id, uuid, name, faces FROM facility WHERE ${column} IN (${placeholders(unique.length)})`, unique);
  return new Map(rows.map((row) => [row[column], row]));
}

const defaults = (): Partial<FacilityRow> => ({
  faces: 'both', service_location: 1, billing_location: 0, accepts_assignment: 0, primary_business_entity: 0, inactive: 0, color: '', organization_type: 'prov', date_created: sqlDateTime(),
});

async function complete(tx: Tx, rows: FacilityRow[], fresh: boolean[]): Promise<boolean[]> {
  const count = fresh.filter(Boolean).length;
  let next = count > 0 ? await tx.take('facility', count) : 0;
  for (const [index, row] of rows.entries()) {
    if (fresh[index]) row.id = next++;
    row.last_updated = sqlDateTime();
  }
  return rows.map(() => true);
}

/** A Location of its own is no facility; only the Location of a facility is edited through it. */
class FacilityStore extends TableStore<FacilityRow> {
  override async place(tx: Tx, incoming: readonly Incoming<FacilityRow>[]): Promise<Placement<FacilityRow>> {
    const ours = incoming.filter((one) => one.part !== LOCATION || one.row);
    const placed = await super.place(tx, ours.map((one) => (one.row ? one : { ...one, columns: { ...one.columns, faces: 'organization' } })));
    const keys = new Map(ours.map((one, index) => [one, placed.keys[index]]));
    return { keys: incoming.map((one) => keys.get(one)), changes: placed.changes };
  }

  /** Without its Location the facility is an Organization still; without its Organization it is nothing. */
  override async release(tx: Tx, parts: readonly { row: FacilityRow; part: string }[]) {
    const locations = parts.filter(({ part }) => part === LOCATION);
    for (const { row } of locations) await this.replace(tx, { ...row, faces: 'organization' });
    const changes = locations.map(({ row }) => ({ before: row, after: { ...row, faces: 'organization' as const } }));
    return [...changes, ...(await super.release(tx, parts.filter(({ part }) => part !== LOCATION)))];
  }
}
