import type { SqlValue, Tx } from '../../database';
import { type IndexRows, indexKinds } from './index-rows';
import { indexTables } from './tables';

const none = (): IndexRows => ({ token: [], string: [], date: [], reference: [], quantity: [], uri: [], composite: [], position: [], text: [] });

const nameOf = (row: readonly SqlValue[]): string => row.join('\u0000');

/** What has to be removed and added to turn the index rows of one version into those of the next. */
export function diffIndexRows(previous: IndexRows = none(), next: IndexRows = none()): { added: IndexRows; removed: IndexRows } {
  const added = none();
  const removed = none();
  for (const kind of indexKinds) {
    const before = new Set(previous[kind].map(nameOf));
    const after = new Set(next[kind].map(nameOf));
    added[kind] = before.size === 0 ? next[kind] : next[kind].filter((row) => !before.has(nameOf(row)));
    removed[kind] = previous[kind].filter((row) => !after.has(nameOf(row)));
  }
  return { added, removed };
}

export async function insertIndexRows(tx: Tx, all: readonly IndexRows[]): Promise<void> {
  for (const kind of indexKinds) {
    const rows = all.flatMap((one) => one[kind]);
    // In key order: neighbours go to the same page.
    if (rows.length > 0) await tx.insert(indexTables[kind].name, Object.keys(indexTables[kind].columns), rows.sort(byKey));
  }
}

function byKey(a: readonly SqlValue[], b: readonly SqlValue[]): number {
  for (let at = 0; at < a.length; at++) {
    if (a[at]! < b[at]!) return -1;
    if (a[at]! > b[at]!) return 1;
  }
  return 0;
}

const AT_ONCE = 50;

/** Each row is named by its whole key, so that a removal touches nothing else. */
export async function removeIndexRows(tx: Tx, all: readonly IndexRows[]): Promise<void> {
  for (const kind of indexKinds) {
    const rows = all.flatMap((one) => one[kind]);
    const columns = Object.keys(indexTables[kind].columns);
    const one = `(${columns.map((column) => `${column} = ?`).join(' AND ')})`;
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const chunk = rows.slice(at, at + AT_ONCE);
      const where = new Array<string>(chunk.length).fill(one).join(' OR ');
      await tx.run(`DELETE FROM ${indexTables[kind].name} WHERE ${where}`, chunk.flat());
    }
  }
}
