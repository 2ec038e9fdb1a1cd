import { Injectable } from '@nestjs/common';
import { type FhirResource, parseJson } from '#libs/fhir';
import { Db, type Sql } from '../../database';
import { type Access, forbidden, rulesFor, SalusError } from '../../kernel';
import { isDerivedProvenance, provenanceById, type ProvenanceTarget, seesDerivedProvenance } from '../derived/history-provenance';
import { knownStatement, readStatement } from './read-statement';
import { reaches } from './authorise';

/** A version as it is stored. */
export interface StoredVersion {
  id: string;
  type: string;
  version: number;
  lastUpdated: number;
  operation: 'create' | 'update' | 'delete';
  body: Buffer;
}

/** Version, whether deleted, when last updated, body. */
type CurrentRow = [number, number, number, Buffer];
interface HistoryRow { version: number; operation: StoredVersion['operation']; last_updated: number; patient: number; patient_id: string | null; restricted: number; restricted_now: number | null; body: Buffer }

const gone = () => new SalusError('gone', 'This resource has been deleted.');
const missing = (type: string, id: string) => new SalusError('not-found', `${type}/${id} is not known.`);

/** Reads of single resources and their versions, through the access predicate. What it returns are stored bytes. */
@Injectable()
export class ResourceReader {
  constructor(private readonly db: Db) {}

  /**
   * The current version. Throws `not-found` (also for what is not the caller's), `gone` after a delete.
   * Committed state, unless `within` is a transaction.
   */
  async read(access: Access, type: string, id: string, within?: Sql): Promise<StoredVersion> {
    const sql = within ?? this.db.openSql ?? (await this.db.sql());
    if (isDerivedProvenance(type, id)) return this.readProvenance(sql, access, id);
    const { text, params } = (within ? undefined : knownStatement(access, type)) ?? (await readStatement(sql, access, type, !within));
    const [row] = (await sql.rows(text, [type, id, ...params])) as CurrentRow[];
    if (!row || row[0] === 0) throw missing(type, id);
    const [version, deleted, lastUpdated, body] = row;
    if (deleted) throw gone();
    return { id, type, version, lastUpdated, operation: 'update', body };
  }

  /** The Provenance of a version is as visible as the resource it is about. */
  private async readProvenance(sql: Sql, access: Access, id: string): Promise<StoredVersion> {
    if (rulesFor(access, 'Provenance', 'r').length === 0) throw forbidden('The token does not allow reading Provenance.');
    const found = await provenanceById(sql, access.site, id);
    if (!found || !seesDerivedProvenance(access, 'r') || !(await this.seesVersion(access, found, sql))) throw missing('Provenance', id);
    return { id, type: 'Provenance', version: 1, lastUpdated: found.lastUpdated, operation: 'create', body: found.body };
  }

  /** Of what is there now: neither what is deleted nor what was somebody else's once. */
  private async seesVersion(access: Access, { targetType, targetId, targetVersion }: ProvenanceTarget, sql: Sql): Promise<boolean> {
    if (rulesFor(access, targetType, 'r').length === 0) return false;
    const seen = await Promise.all([this.read(access, targetType, targetId, sql), this.readVersion(access, targetType, targetId, targetVersion, sql)]).catch((error: unknown) => {
      if (error instanceof SalusError) return undefined;
      throw error;
    });
    return seen !== undefined;
  }

  /** One version; each is judged by its own content, and by the label that its resource bears now. */
  async readVersion(access: Access, type: string, id: string, version: number, within?: Sql): Promise<StoredVersion> {
    if (isDerivedProvenance(type, id) && version === 1) return this.read(access, type, id, within);
    const [found] = await this.versions(access, type, id, 'AND h.version = ?', [version], within);
    if (!found) throw missing(type, `${id}/_history/${version}`);
    if (found.operation === 'delete') throw gone();
    return found;
  }

  private async versions(access: Access, type: string, id: string, tail: string, params: number[], within?: Sql): Promise<StoredVersion[]> {
    const rules = rulesFor(access, type, 'r');
    if (rules.length === 0) throw forbidden(`The token does not allow reading ${type}.`);
    const sql = within ?? (await this.db.sql());
    const rows = await sql.query<HistoryRow>(
      `SELECT h.version, h.operation, h.last_updated, h.patient, p.fhir_id AS patient_id, h.restricted, l.restricted AS restricted_now, h.body
       FROM fhir_history h LEFT JOIN fhir_resource p ON p.id = h.patient
       LEFT JOIN fhir_resource c ON c.id = h.resource LEFT JOIN fhir_history l ON l.resource = c.id AND l.version = c.version
       WHERE h.resource = (SELECT id FROM fhir_resource WHERE type = ? AND fhir_id = ?) ${tail}`,
      [type, id, ...params],
    );
    const visible = rows.filter((row) => mayRead(access, rules, row));
    return visible.map((row) => ({ id, type, version: row.version, lastUpdated: row.last_updated, operation: row.operation, body: row.body }));
  }
}

function mayRead(access: Access, rules: ReturnType<typeof rulesFor>, row: HistoryRow): boolean {
  // A label put on today is about what was written yesterday too.
  if ((row.restricted || row.restricted_now) && !access.seesSensitive) return false;
  // A deletion has no content of its own; it belongs to whoever the resource belonged to.
  if (row.operation === 'delete') return rules.some((rule) => !rule.filter && (!rule.patient || rule.patient === row.patient_id));
  return reaches(rules, parseJson(row.body.toString()) as FhirResource);
}
