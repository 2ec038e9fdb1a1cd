import type { FhirSource } from '#libs/fhir';
import type { Db, SqlValue, Tx } from '../../database';
import { type Access, instant, sqlDateTime } from '../../kernel';
import type { TableStore, TableStores } from '../../standard';
import { patientNumbers } from '../patient';
import { type IssueRow, issueTable } from './issue.entity';
import { type IssueFilters, whereOf } from './issue.filters';

/** What sets one kind of issue apart. */
export interface IssueKind {
  /** `lists.type` of its rows. */
  type: string;
  source: FhirSource<IssueRow>;
  /** Columns of a new row that nobody sent, beyond those every issue has. */
  defaults: Partial<IssueRow>;
}

const MOST_ROWS = 10_000;

/** Every query on the rows of one kind in `lists`. */
export class IssueRepository {
  readonly store: TableStore<IssueRow>;

  constructor(stores: TableStores, private readonly db: Db, private readonly kind: IssueKind) {
    const { type, source, defaults } = kind;
    this.store = stores.open<IssueRow>({ table: issueTable, source, fixed: { type }, defaults: (access) => ({ ...defaultsOf(access), ...defaults }), complete });
  }

  /** In the order in which they were put down. */
  async find(filters: readonly IssueFilters[]): Promise<IssueRow[]> {
    const { sql, params } = whereOf(filters);
    return this.select(`${sql} ORDER BY id LIMIT ${MOST_ROWS}`, params);
  }

  async byUuid(uuid: string): Promise<IssueRow | undefined> {
    const [row] = await this.select(' AND uuid = ?', [uuid]);
    return row;
  }

  private async select(rest: string, params: readonly SqlValue[]): Promise<IssueRow[]> {
    return (await this.db.sql()).query<IssueRow>(`SELECT * FROM lists WHERE type = ?${rest}`, [this.kind.type, ...params]);
  }
}

/** Put down by whoever is signed in, now. */
const defaultsOf = (access: Access | undefined): Partial<IssueRow> => ({
  activity: 1,
  groupname: 'Default',
  user: access?.actor.name ?? null,
  recorder_uuid: /^Practitioner\/(.+)$/.exec(access?.actor.fhirUser ?? '')?.[1] ?? null,
  date: sqlDateTime(),
  recorded: instant(),
});

/** Rows hang on a patient; what is nobody's here cannot be held. */
async function complete(tx: Tx, rows: IssueRow[], fresh: boolean[]): Promise<boolean[]> {
  const patients = await patientNumbers(tx, rows.map((row) => row.patient_uuid));
  const count = fresh.filter(Boolean).length;
  let next = count > 0 ? await tx.numbers('lists', count) : 0;
  return rows.map((row, index) => {
    const pid = patients.get(row.patient_uuid);
    if (pid === undefined) return false;
    row.pid = pid;
    if (fresh[index]) row.id = next++;
    row.modifydate = sqlDateTime();
    return true;
  });
}
