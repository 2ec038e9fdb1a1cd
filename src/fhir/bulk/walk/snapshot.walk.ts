import { versionsAsOf } from './versions-as-of';
import { type Audience, belongs, INLINE_BYTES, type Line, PAGE_ROWS, type Walk, type WalkScope } from './walk';

const PAGE = `SELECT id, version, deleted, last_updated, patient, restricted, LENGTH(body),
    CASE WHEN deleted = 0 AND last_updated <= ? AND LENGTH(body) <= ${INLINE_BYTES} THEN body END
  FROM fhir_resource WHERE type = ? AND id > ? ORDER BY id LIMIT ${PAGE_ROWS}`;

/**
 * Every resource of a type as it was at `scope.at`. Each key is passed once, in one statement: what has not changed
 * since is taken as it stands, what has is looked up in history. So the output is that instant's, without a
 * transaction held open and whatever is written meanwhile.
 */
export function snapshotWalk(scope: WalkScope, type: string, audience: Audience): Walk {
  const { sql, at, seesSensitive } = scope;
  return async (after) => {
    const rows = await sql.rows(PAGE, [at, type, after?.[0] ?? 0]);
    const changed = rows.filter((row) => (row[3] as number) > at && (row[1] as number) > 1).map((row) => row[0] as number);
    const earlier = await versionsAsOf(sql, changed, at);
    const lines: Line[] = [];
    for (const [id, version, deleted, updated, patient, sensitive, bytes, body] of rows as [number, number, number, number, number, number, number, Buffer | null][]) {
      if (updated > at) {
        const then = earlier.get(id);
        if (then && !then.deleted && belongs(audience, then.patient) && (seesSensitive || !then.sensitive)) lines.push(then);
      } else if (!deleted && belongs(audience, patient) && (seesSensitive || !sensitive)) {
        lines.push(body ?? { resource: id, version, bytes });
      }
    }
    return { lines, ...(rows.length === PAGE_ROWS && { after: [rows.at(-1)![0] as number] }) };
  };
}
