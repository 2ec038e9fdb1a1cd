import type { Sql } from '../../../database';
import type { Position } from '../export.job';
import { refsAsOf } from './refs-as-of';
import { type Audience, belongs, INLINE_BYTES, PAGE_ROWS, type Walk, type WalkScope } from './walk';

/** What goes straight through; all else has no body here and is looked at apart. */
const PLAIN: Record<Audience, string> = { all: '', patients: 'AND patient <> 0', nobody: 'AND patient = 0' };

/**
 * The bound above is for MariaDB: without it, it looks up the type alone and steps over all keys before `id`, page
 * after page. The key comes as a double, which holds every key exactly and is read ten times as fast as a bigint.
 */
const statement = (audience: Audience, seesSensitive: boolean): string => `SELECT id + 0e0,
    CASE WHEN deleted = 0 AND last_updated <= ? AND LENGTH(body) <= ${INLINE_BYTES} ${PLAIN[audience]} ${seesSensitive ? '' : 'AND restricted = 0'} THEN body END
  FROM fhir_resource WHERE type = ? AND id > ? AND id <= ? ORDER BY id LIMIT ${PAGE_ROWS}`;

type Row = [id: number, body: Buffer | null];

/**
 * Every resource of a type as it was at `scope.at`. Each key is passed once, so the output is that instant's,
 * without a transaction held open and whatever is written meanwhile.
 */
export function snapshotWalk(scope: WalkScope, type: string, audience: Audience): Walk {
  const page = statement(audience, scope.seesSensitive);
  const stretch = new Stretch();
  let keys: Promise<Keys> | undefined;
  return async (position) => {
    keys ??= keysOf(scope.sql, type);
    const { first, last } = await keys;
    const after = position?.[0] ?? first - 1;
    const until = Math.min(last, after + stretch.length);
    const rows = (await scope.sql.rows(page, [scope.at, type, after, until])) as Row[];
    stretch.adapt(rows.length);
    const bodies: Buffer[] = [];
    const others: number[] = [];
    for (const [id, body] of rows) {
      if (body) bodies.push(body);
      else others.push(id);
    }
    const refs = await refsAsOf(scope, others, (patient) => belongs(audience, patient));
    return { bodies, refs, ...next(rows, until, last) };
  };
}

interface Keys {
  first: number;
  last: number;
}

/** Keys of the type. What comes later comes after `scope.at`. */
async function keysOf(sql: Sql, type: string): Promise<Keys> {
  // Apart, each is one look at an end of the index.
  const [[first] = []] = await sql.rows('SELECT MIN(id) FROM fhir_resource WHERE type = ?', [type]);
  const [[last] = []] = await sql.rows('SELECT MAX(id) FROM fhir_resource WHERE type = ?', [type]);
  return { first: Number(first ?? 0), last: Number(last ?? 0) };
}

function next(rows: readonly Row[], until: number, last: number): { after?: Position } {
  const after = rows.length === PAGE_ROWS ? rows.at(-1)![0] : until;
  return after < last ? { after: [after] } : {};
}

/** How many keys ahead a page looks: as many as hold about a page of this type, be it dense or sparse there. */
class Stretch {
  length = PAGE_ROWS;

  adapt(found: number): void {
    if (found < PAGE_ROWS / 2) this.length *= 4;
    else if (found === PAGE_ROWS && this.length > PAGE_ROWS) this.length = Math.ceil(this.length / 2);
  }
}
