import type { SqlValue } from '../../../database';
import type { Position } from '../export.job';
import { type Audience, belongs, INLINE_BYTES, type Page, PAGE_ROWS, type Walk, type WalkScope } from './walk';

/** Whose changes: an audience, or the members of the job's Group. */
export type ChangeAudience = Audience | 'members';

/** History is passed in the order in which it was made; of each resource the version it had at `at` counts. */
const statement = (columns: string, operation: string, audience: ChangeAudience): string => `SELECT h.last_updated, h.resource, h.version, h.patient, h.restricted, ${columns}
  FROM fhir_history h JOIN fhir_resource r ON r.id = h.resource
  ${audience === 'members' ? 'JOIN bulk_patient m ON m.job = ? AND m.patient = h.patient' : ''}
  WHERE h.type = ? AND h.last_updated >= ? AND h.last_updated <= ?
    AND (h.last_updated > ? OR h.resource > ? OR (h.resource = ? AND h.version > ?))
    AND ${operation}
    AND NOT EXISTS (SELECT 1 FROM fhir_history n WHERE n.resource = h.resource AND n.version > h.version AND n.last_updated <= ?)
  ORDER BY h.last_updated, h.resource, h.version LIMIT ${PAGE_ROWS}`;

/** The store's own rendering, where it is still of this version. */
const BODY = 'CASE WHEN r.version = h.version THEN r.body ELSE h.body END';
const BODIES = `LENGTH(${BODY}), CASE WHEN LENGTH(h.body) <= ${INLINE_BYTES} AND LENGTH(r.body) <= ${INLINE_BYTES} THEN ${BODY} END`;

/** Resources of a type that were changed after `scope.since`, as they were at `scope.at`. */
export function changeWalk(scope: WalkScope, type: string, audience: ChangeAudience): Walk {
  return walkChanges(scope, type, audience, statement(BODIES, "h.operation <> 'delete'", audience), (page, [, resource, version, , , bytes, body]) => {
    if (body) page.bodies.push(body as Buffer);
    else page.refs.push({ resource: Number(resource), version: Number(version), bytes: Number(bytes) });
  });
}

/** Resources of a type that were deleted after `scope.since` and were still gone at `scope.at`: `Type/id` as bodies. */
export function deletionWalk(scope: WalkScope, type: string, audience: ChangeAudience): Walk {
  return walkChanges(scope, type, audience, statement('h.fhir_id', "h.operation = 'delete'", audience), (page, [, , , , , id]) => {
    page.bodies.push(Buffer.from(`${type}/${id}`));
  });
}

type Add = (page: Page, row: unknown[]) => void;

function walkChanges(scope: WalkScope, type: string, audience: ChangeAudience, sql: string, add: Add): Walk {
  return async (after) => {
    const rows = await scope.sql.rows(sql, parameters(scope, type, audience, after ?? [scope.since! + 1, -1, -1]));
    const page: Page = { bodies: [], refs: [], ...(rows.length === PAGE_ROWS && { after: rows.at(-1)!.slice(0, 3).map(Number) }) };
    for (const row of rows) {
      const isOurs = audience === 'members' || belongs(audience, Number(row[3]));
      if (isOurs && (scope.seesSensitive || !row[4])) add(page, row);
    }
    return page;
  };
}

function parameters(scope: WalkScope, type: string, audience: ChangeAudience, [updated, resource, version]: Position): SqlValue[] {
  const job = audience === 'members' ? [scope.job] : [];
  return [...job, type, updated!, scope.at, updated!, resource!, resource!, version!, scope.at];
}
