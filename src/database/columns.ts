import type { EntitySchemaColumnOptions, TableColumnOptions } from 'typeorm';

/**
 * Portable columns. One short text says what a column is, and both the migration and the entity are made
 * from it, so that they cannot disagree:
 * `int`, `bigint`, `double`, `text`, `blob`, `decimal(12,6)`, `string(255)`; a trailing `!` means NOT NULL.
 * Strings compare byte by byte on both databases; search by text uses folded columns.
 */
export type ColumnSpec = string;
export type ColumnSpecs = Record<string, ColumnSpec>;

interface Parsed { kind: string; size?: string; required: boolean }

function parse(spec: ColumnSpec): Parsed {
  const match = /^(\w+)(?:\(([\d,]+)\))?(!)?$/.exec(spec);
  if (!match) throw new Error(`Unreadable column “${spec}”.`);
  return { kind: match[1]!, size: match[2], required: match[3] === '!' };
}

type Shape = { type: string; length?: string; precision?: number; scale?: number };

function shape({ kind, size }: Parsed, mysql: boolean): Shape {
  switch (kind) {
    case 'int': return { type: mysql ? 'int' : 'integer' };
    case 'bigint': return { type: mysql ? 'bigint' : 'integer' };
    case 'double': return { type: 'double' };
    case 'text': return { type: mysql ? 'mediumtext' : 'text' };
    case 'blob': return { type: mysql ? 'longblob' : 'blob' };
    case 'string': return { type: 'varchar', length: size ?? '255' };
    case 'decimal': {
      const [precision, scale] = (size ?? '12,6').split(',').map(Number);
      return { type: 'decimal', precision, scale };
    }
    default: throw new Error(`Unknown column type “${kind}”.`);
  }
}

/** For a migration's `new Table({ columns })`. `key` names the primary key columns. */
export function tableColumns(specs: ColumnSpecs, key: string[], mysql: boolean): TableColumnOptions[] {
  return Object.entries(specs).map(([name, spec]) => {
    const parsed = parse(spec);
    return { name, ...shape(parsed, mysql), isPrimary: key.includes(name), isNullable: !parsed.required && !key.includes(name) };
  });
}

/** For an `EntitySchema`. The dialect is that of DATABASE_URL; see `entityColumns` of each table's definition. */
export function entityColumns(specs: ColumnSpecs, key: string[], mysql: boolean): Record<string, EntitySchemaColumnOptions> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const parsed = parse(spec);
      const options = { ...shape(parsed, mysql), primary: key.includes(name), nullable: !parsed.required && !key.includes(name) };
      return [name, options as EntitySchemaColumnOptions];
    }),
  );
}

type NumberKind = 'int' | 'bigint' | 'double';

type ValueOf<Spec> = Spec extends `${string}!`
  ? Spec extends `${NumberKind}${string}` ? number : string
  : Spec extends `${NumberKind}${string}` ? number | null : Spec extends `decimal${string}` ? string | number | null : string | null;

/** What a row of these columns holds; decimals are text on one database and numbers on the other. */
export type RowOf<Columns> = { -readonly [Name in keyof Columns]: ValueOf<Columns[Name]> };
