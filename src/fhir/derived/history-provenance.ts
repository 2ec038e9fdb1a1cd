import { placeholders, type Sql } from '../../database';
import { type Access, instant, rulesFor } from '../../kernel';

/** Who made the current version of a resource, as history keeps it. */
interface AuthorRow {
  resource: number;
  version: number;
  type: string;
  fhir_id: string;
  operation: 'create' | 'update' | 'delete';
  patient: number;
  last_updated: number;
  author: string;
  author_name: string;
  client: string | null;
  reason: string | null;
}

/** A Provenance made from a history row. */
export interface DerivedProvenance {
  id: string;
  /** `Type/id` of what it is about. */
  target: string;
  lastUpdated: number;
  body: Buffer;
}

const COLUMNS = 'h.resource, h.version, h.type, h.fhir_id, h.operation, h.patient, h.last_updated, h.author, h.author_name, h.client, h.reason';

/** Logical id of the Provenance of one version. */
const idOf = (row: Pick<AuthorRow, 'resource' | 'version'>): string => `h-${row.resource}-${row.version}`;

const DERIVED = /^h-(\d{1,16})-(\d{1,9})$/;

export const isDerivedProvenance = (type: string, id: string): boolean => type === 'Provenance' && DERIVED.test(id);

/** It has no search parameters of its own: a right restricted by them does not reach it. */
export const seesDerivedProvenance = (access: Access, verb: 'r' | 's'): boolean => rulesFor(access, 'Provenance', verb).some((rule) => !rule.filter);

/** The version that it is about. */
export interface ProvenanceTarget {
  targetType: string;
  targetId: string;
  targetVersion: number;
}

/** The Provenance of the current version of each resource (by surrogate key), which the caller is known to see. */
export async function provenanceOf(sql: Sql, access: Access, resources: readonly number[]): Promise<DerivedProvenance[]> {
  if (resources.length === 0 || !seesDerivedProvenance(access, 's')) return [];
  const rows = await sql.query<AuthorRow>(
    `SELECT ${COLUMNS} FROM fhir_history h JOIN fhir_resource r ON r.id = h.resource AND r.version = h.version
     WHERE h.resource IN (${placeholders(resources.length)}) ORDER BY h.resource`,
    [...resources],
  );
  return rows.map((row) => derive(row, access.site));
}

/** One by its id; undefined where there is no such version. The caller still has to check the right to its target. */
export async function provenanceById(sql: Sql, site: string, id: string): Promise<(DerivedProvenance & ProvenanceTarget) | undefined> {
  const [, resource, version] = DERIVED.exec(id) ?? [];
  const [row] = await sql.query<AuthorRow>(`SELECT ${COLUMNS} FROM fhir_history h WHERE h.resource = ? AND h.version = ?`, [Number(resource), Number(version)]);
  return row && { ...derive(row, site), targetType: row.type, targetId: row.fhir_id, targetVersion: row.version };
}

const ACTIVITY = { create: 'CREATE', update: 'UPDATE', delete: 'DELETE' } as const;

function derive(row: AuthorRow, site: string): DerivedProvenance {
  const target = `${row.type}/${row.fhir_id}`;
  const provenance = {
    resourceType: 'Provenance',
    id: idOf(row),
    meta: { versionId: '1', lastUpdated: instant(row.last_updated), profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-provenance'] },
    target: [{ reference: target }],
    recorded: instant(row.last_updated),
    ...(row.reason && { reason: [{ text: row.reason }] }),
    activity: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-DataOperation', code: ACTIVITY[row.operation] }] },
    agent: [
      agent('author', whoOf(row), practiceOf(site)),
      ...(row.client ? [agent('assembler', { display: 'Client application', identifier: { value: row.client } })] : []),
      { type: TRANSMITTER, who: practiceOf(site) },
    ],
  };
  return { id: provenance.id, target, lastUpdated: row.last_updated, body: Buffer.from(JSON.stringify(provenance)) };
}

const agent = (code: string, who: unknown, onBehalfOf?: unknown): unknown => ({
  type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code }] },
  who,
  ...(onBehalfOf !== undefined && { onBehalfOf }),
});

const TRANSMITTER = { coding: [{ system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-provenance-participant-type', code: 'transmitter' }] };

/** Whoever writes here does so for the practice whose site this is (US Core Provenance: a practitioner never acts alone). */
const practiceOf = (site: string): unknown => ({ type: 'Organization', display: `Practice of the site ${site}` });

/** A person is a reference; a client or the server's own work is named. */
function whoOf(row: AuthorRow): unknown {
  return /^(Practitioner|Person|Patient|RelatedPerson)\//.test(row.author) ? { reference: row.author, display: row.author_name } : { display: row.author_name };
}
