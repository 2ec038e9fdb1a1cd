/** A process that runs one SQLite statement after another for its parent, who may kill it: nothing else stops one half-way. */
import Database from 'better-sqlite3';
import type { SqlValue } from './sql';
import { SqliteSql } from './sqlite-sql';
import { tuneSqlite } from './tune-sqlite';

export interface Asked {
  sql: string;
  params: readonly SqlValue[];
  asArrays: boolean;
}

export type Answered = { rows: unknown[] } | { message: string; code?: string };

function serve(file: string): void {
  const connection = new Database(file, { readonly: true });
  tuneSqlite(connection);
  const sql = new SqliteSql(connection);
  process.on('message', ({ sql: text, params, asArrays }: Asked) => {
    const answer = asArrays ? sql.rows(text, params) : sql.query(text, params);
    answer.then(
      (rows) => send({ rows }),
      (error: Error & { code?: string }) => send({ message: error.message, ...(error.code !== undefined && { code: error.code }) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}

const send = (answer: Answered): void => void process.send!(answer);

if (process.send && process.argv[2] !== undefined) serve(process.argv[2]);
