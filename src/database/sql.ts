/** A value that may be bound to a statement. `undefined` is refused: a lookup by nothing must not become “any row”. */
export type SqlValue = string | number | bigint | boolean | Buffer | null;

/** Runs statements with bound parameters (`?`). */
export interface Sql {
  readonly dialect: 'sqlite' | 'mysql';
  query<Row = Record<string, unknown>>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  /** Each row as an array of columns: the cheapest form, for streams of many rows. */
  rows(sql: string, params?: readonly SqlValue[]): Promise<unknown[][]>;
}

/** A connection that may write. */
export interface SqlWriter extends Sql {
  /** Returns the number of rows changed. */
  run(sql: string, params?: readonly SqlValue[]): Promise<number>;
  /** One statement per some hundred rows; columns and table are names from code, never from input. */
  insert(table: string, columns: readonly string[], rows: readonly (readonly SqlValue[])[]): Promise<void>;
}

export function assertBound(params: readonly unknown[]): void {
  if (params.includes(undefined)) throw new Error('A statement was given an undefined parameter.');
}

/** `?, ?, ?` for `count` values. */
export const placeholders = (count: number): string => new Array<string>(count).fill('?').join(', ');

const MAX_VARIABLES = 20_000;
const MAX_BYTES = 8 * 1024 * 1024;

/** Splits rows so that one INSERT stays below the variable and packet limits of both databases. */
export function* insertBatches(width: number, rows: readonly (readonly SqlValue[])[]): Generator<readonly (readonly SqlValue[])[]> {
  const most = Math.max(1, Math.floor(MAX_VARIABLES / width));
  let batch: (readonly SqlValue[])[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = rowBytes(row);
    if (batch.length > 0 && (batch.length >= most || bytes + size > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(row);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

function rowBytes(row: readonly SqlValue[]): number {
  let bytes = 0;
  for (const value of row) bytes += typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 8;
  return bytes;
}

export function insertStatement(table: string, columns: readonly string[], count: number): string {
  const names = columns.map((name) => `\`${name}\``).join(', ');
  const row = `(${placeholders(columns.length)})`;
  return `INSERT INTO \`${table}\` (${names}) VALUES ${new Array<string>(count).fill(row).join(', ')}`;
}
