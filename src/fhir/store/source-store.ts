import type { FhirSource } from '#libs/fhir';
import type { Sql, Tx } from '../../database';

/** A row of a domain table. `uuid` is its key towards the store, and the logical id of a resource that is the whole row. */
export interface SourceRow {
  uuid: string;
}

/** A resource on its way into a domain table. */
export interface Incoming<Row extends SourceRow> {
  /** Logical id of the resource. */
  id: string;
  part: string;
  columns: Partial<Row>;
  /** The row that already holds this part, if any. */
  row?: Row;
}

/** A row as it was and as it is. Absent before: inserted; absent after: removed. */
export interface RowChange<Row extends SourceRow> {
  before?: Row;
  after?: Row;
}

/** What came of an incoming resource: the key of its row, or undefined where the domain cannot hold it (its patient is unknown …). */
export interface Placement<Row extends SourceRow> {
  keys: (string | undefined)[];
  /** Every row touched, once. */
  changes: RowChange<Row>[];
}

/** The domain's side of a FHIR write: its table. Works inside the transaction it is handed. */
export interface SourceStore<Row extends SourceRow> {
  /** Complete rows, as `toFhir` needs them, by key. */
  load(sql: Sql, keys: readonly string[]): Promise<Map<string, Row>>;
  place(tx: Tx, incoming: readonly Incoming<Row>[]): Promise<Placement<Row>>;
  /** Takes `part` out of each row; a row left without parts is removed. */
  release(tx: Tx, parts: readonly { row: Row; part: string }[]): Promise<RowChange<Row>[]>;
}

/** A domain's declaration with the table behind it. Rows of different domains differ in type; the engine only passes them back. */
export interface RegisteredSource {
  // biome-ignore lint/suspicious/noExplicitAny: the engine never looks into a row, and a source is contravariant in it.
  source: FhirSource<any>;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  store: SourceStore<any>;
}
