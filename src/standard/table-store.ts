import { Injectable } from '@nestjs/common';
import type { FhirSource } from '#libs/fhir';
import { Db, placeholders, type Sql, type SqlValue, type TableDefinition, Tx } from '../database';
import { type Incoming, type Placement, ResourceWriter, type RowChange, type SourceRow, type SourceStore } from '../fhir';
import { type Access, context, contextOrNone, newUuid, noteAudit, SalusError } from '../kernel';
import { columnValue, fitted, unpadded } from './column-values';
import { recordName } from './record-name';

/** What a domain's table needs from the domain. */
export interface TableRules<Row extends SourceRow> {
  table: TableDefinition;
  source: FhirSource<Row>;
  /** Narrows a shared table to this domain's rows, e.g. `{ type: 'allergy' }`. */
  fixed?: Partial<Row>;
  /** Columns of a new row that nobody sent. */
  defaults(access: Access | undefined): Partial<Row>;
  /**
   * Fills numbers, foreign keys and folded columns before rows are stored. Returns which rows can be held:
   * false where what they depend on (their patient) is not known here.
   */
  complete(tx: Tx, rows: Row[], fresh: boolean[]): Promise<boolean[]>;
}

/** What it takes to make table stores; injected once per domain. */
@Injectable()
export class TableStores {
  constructor(
    private readonly db: Db,
    private readonly writer: ResourceWriter,
  ) {}

  /** `Kind` is a store with placing rules of its own. */
  open<Row extends SourceRow>(rules: TableRules<Row>, Kind: new (rules: TableRules<Row>, db: Db, writer: ResourceWriter) => TableStore<Row> = TableStore): TableStore<Row> {
    return new Kind(rules, this.db, this.writer);
  }
}

/**
 * A domain table as both faces see it. The standard API edits rows by `create`, `update` and `remove`; the FHIR engine
 * places resources by `place` and `release`. Either way the row, its resources, their history and the audit commit together.
 */
export class TableStore<Row extends SourceRow> implements SourceStore<Row> {
  private readonly columns: readonly string[];

  constructor(
    readonly rules: TableRules<Row>,
    private readonly db: Db,
    private readonly writer: ResourceWriter,
  ) {
    this.columns = Object.keys(rules.table.columns);
  }

  // ---- standard API

  async create(columns: Partial<Row>): Promise<Row> {
    const access = requireAccess();
    return this.db.transaction(async (tx) => {
      const row = this.newRow({ uuid: newUuid(), ...this.typed(columns) } as Partial<Row>, access);
      noteAudit('create', `${this.rules.source.key}/${row.uuid}`);
      const [held] = await this.rules.complete(tx, [row], [true]);
      if (!held) throw new SalusError('invalid', 'The record names a patient or visit that does not exist.');
      await this.insert(tx, [row]);
      await this.writer.project(tx, access, this.rules.source.key, [{ after: row }]);
      return row;
    });
  }

  /** Changes the given columns of the row `uuid`, or those that follow from how it was; undefined where there is no such row. */
  async update(uuid: string, columns: Partial<Row> | ((before: Row) => Partial<Row>)): Promise<Row | undefined> {
    const access = requireAccess();
    noteAudit('update', recordName(this.rules.source.key, uuid));
    return this.db.transaction(async (tx) => {
      const before = (await this.load(tx, [uuid])).get(uuid);
      if (!before) return undefined;
      const after = { ...before, ...unpadded(this.typed(typeof columns === 'function' ? columns(before) : columns), before, this.rules.table.columns) };
      await this.rules.complete(tx, [after], [false]);
      await this.replace(tx, after);
      await this.writer.project(tx, access, this.rules.source.key, [{ before, after }]);
      return after;
    });
  }

  /** True where a row was removed. */
  async remove(uuid: string): Promise<boolean> {
    const access = requireAccess();
    noteAudit('delete', recordName(this.rules.source.key, uuid));
    return this.db.transaction(async (tx) => {
      const before = (await this.load(tx, [uuid])).get(uuid);
      if (!before) return false;
      await this.delete(tx, [before]);
      await this.writer.project(tx, access, this.rules.source.key, [{ before }]);
      return true;
    });
  }

  // ---- FHIR engine

  /** Inside a transaction the rows are locked until it ends: they are written back whole, and two writers must not undo each other. */
  async load(sql: Sql, keys: readonly string[]): Promise<Map<string, Row>> {
    const found = new Map<string, Row>();
    const unique = [...new Set(keys)];
    const fixed = this.fixedCondition();
    const lock = sql instanceof Tx && sql.dialect === 'mysql' ? ' FOR UPDATE' : '';
    for (let at = 0; at < unique.length; at += 500) {
      const chunk = unique.slice(at, at + 500);
      const rows = await sql.query<Row>(`SELECT * FROM ${this.rules.table.name} WHERE uuid IN (${placeholders(chunk.length)})${fixed.sql}${lock}`, [...chunk, ...fixed.params]);
      for (const row of rows) found.set(row.uuid, row);
    }
    return found;
  }

  /** One resource, one row. Domains whose rows hold several parts place them themselves. */
  async place(tx: Tx, incoming: readonly Incoming<Row>[]): Promise<Placement<Row>> {
    const rows = incoming.map((one) => {
      const columns = fitted(one.columns, this.rules.table.columns);
      return one.row ? { ...one.row, ...columns } : this.newRow({ uuid: one.id, ...columns }, contextOrNone()?.access);
    });
    const fresh = incoming.map((one) => !one.row);
    const held = await this.rules.complete(tx, rows, fresh);
    await this.insert(tx, rows.filter((_, index) => fresh[index] && held[index]));
    const changes: RowChange<Row>[] = [];
    for (const [index, after] of rows.entries()) {
      const before = incoming[index]!.row;
      if (before && held[index]) await this.replace(tx, after);
      if (before && !held[index]) await this.delete(tx, [before]);
      if (held[index]) changes.push({ ...(before && { before }), after });
    }
    return { keys: rows.map((row, index) => (held[index] ? row.uuid : undefined)), changes };
  }

  async release(tx: Tx, parts: readonly { row: Row; part: string }[]): Promise<RowChange<Row>[]> {
    await this.delete(tx, parts.map(({ row }) => row));
    return parts.map(({ row }) => ({ before: row }));
  }

  // ---- rows

  newRow(columns: Partial<Row>, access: Access | undefined): Row {
    const empty = Object.fromEntries(this.columns.map((name) => [name, null]));
    return { ...empty, ...this.rules.defaults(access), ...this.rules.fixed, ...columns } as unknown as Row;
  }

  async insert(tx: Tx, rows: readonly Row[]): Promise<void> {
    if (rows.length > 0) await tx.insert(this.rules.table.name, this.columns, rows.map((row) => this.values(row)));
  }

  async replace(tx: Tx, row: Row): Promise<void> {
    const set = this.columns.map((name) => `\`${name}\` = ?`).join(', ');
    const fixed = this.fixedCondition();
    await tx.run(`UPDATE ${this.rules.table.name} SET ${set} WHERE uuid = ?${fixed.sql}`, [...this.values(row), row.uuid, ...fixed.params]);
  }

  async delete(tx: Tx, rows: readonly Row[]): Promise<void> {
    const fixed = this.fixedCondition();
    for (let at = 0; at < rows.length; at += 500) {
      const chunk = rows.slice(at, at + 500).map((row) => row.uuid);
      await tx.run(`DELETE FROM ${this.rules.table.name} WHERE uuid IN (${placeholders(chunk.length)})${fixed.sql}`, [...chunk, ...fixed.params]);
    }
  }

  private typed(columns: Partial<Row>): Partial<Row> {
    const specs = this.rules.table.columns;
    return Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, columnValue(specs[name] ?? '', value)])) as Partial<Row>;
  }

  private values(row: Row): SqlValue[] {
    return this.columns.map((name) => (row as unknown as Record<string, SqlValue>)[name] ?? null);
  }

  /** A shared table may hold another domain's row under the same uuid. */
  private fixedCondition(): { sql: string; params: SqlValue[] } {
    const entries = Object.entries(this.rules.fixed ?? {});
    return { sql: entries.map(([name]) => ` AND ${name} = ?`).join(''), params: entries.map(([, value]) => value as SqlValue) };
  }
}

function requireAccess(): Access {
  const access = context().access;
  if (!access) throw new SalusError('unauthenticated', 'A valid access token is required.');
  return access;
}
