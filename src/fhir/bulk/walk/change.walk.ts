import type { SqlValue } from '../../../database';
import type { Position } from '../export.job';
import { type Audience, belongs, INLINE_BYTES, type Line, PAGE_ROWS, type Walk, type WalkScope } from './walk';

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

const BODY = `LENGTH(CASE WHEN r.version = h.version THEN r.body ELSE h.body END),
  CASE WHEN LENGTH(h.body) <= ${INLINE_BYTES} AND LENGTH(r.body) <= ${INLINE_BYTES} THEN (CASE WHEN r.version = h.version THEN r.body ELSE h.body END) END`;

/** Resources of a type that were changed after `scope.since`, as they were at `scope.at`. */
export function changeWalk(scope: WalkScope, type: string, audience: ChangeAudience): Walk {
  return walkChanges(scope, type, audience, statement(BODY, "h.operation <> 'delete'", audience), ([bytes, body], resource, version) =>
    (body as Buffer | null) ?? { resource, version, bytes: Number(bytes) });
}

/** Resources of a type that were deleted after `scope.since` and were still gone at `scope.at`: `Type/id`, one a line. */
export function deletionWalk(scope: WalkScope, type: string, audience: ChangeAudience): Walk {
  return walkChanges(scope, type, audience, statement('h.fhir_id', "h.operation = 'delete'", audience), ([id]) => Buffer.from(`${type}/${id}`));
}

type ToLine = (columns: unknown[], resource: number, version: number) => Line;

function walkChanges(scope: WalkScope, type: string, audience: ChangeAudience, sql: string, toLine: ToLine): Walk {
  return async (after) => {
    const rows = await scope.sql.rows(sql, parameters(scope, type, audience, after ?? [scope.since! + 1, -1, -1]));
    const lines: Line[] = [];
    for (const [, resource, version, patient, sensitive, ...columns] of rows) {
      const isOurs = audience === 'members' || belongs(audience, Number(patient));
      if (isOurs && (scope.seesSensitive || !sensitive)) lines.push(toLine(columns, Number(resource), Number(version)));
    }
    return { lines, ...(rows.length === PAGE_ROWS && { after: rows.at(-1)!.slice(0, 3).map(Number) }) };
  };
}

function parameters(scope: WalkScope, type: string, audience: ChangeAudience, [updated, resource, version]: Position): SqlValue[] {
  const job = audience === 'members' ? [scope.job] : [];
  return [...job, type, updated!, scope.at, updated!, resource!, resource!, version!, scope.at];
}
