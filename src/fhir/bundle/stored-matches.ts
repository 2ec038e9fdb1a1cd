import { groupBy, type Access } from '../../kernel';
import { placeholders, type Sql } from '../../database';
import { accessCondition, type SearchService } from '../search';
import { keyText, systemHash } from '../store';
import { type Criteria, identifierOf } from './criteria';

/** Criteria asked for in one statement. */
const CHUNK = 500;
/** Far more than one each: past this, identifiers are so common that each is asked for by itself. */
const MOST_ROWS = 5000;

interface Wanted {
  criteria: Criteria;
  param: number;
  code: string;
  system: number;
}

/**
 * What is stored and visible to the caller, found by criteria. Identifiers (nearly all criteria are) are looked up
 * together, a statement for each type; others one by one through search. Asked once, remembered.
 */
export class StoredMatches {
  private readonly found = new Map<string, string[]>();

  constructor(
    private readonly sql: Sql,
    private readonly access: Access,
    private readonly search: SearchService,
  ) {}

  /** `spare`: how many of the ids found may turn out not to count, since the Bundle itself changes them. */
  async load(all: readonly Criteria[], spare: number): Promise<void> {
    const fresh = [...new Map(all.map((criteria) => [criteria.key, criteria])).values()].filter(({ key }) => !this.found.has(key));
    const wanted = fresh.flatMap((criteria) => asWanted(criteria));
    for (const [, sameParam] of groupBy(wanted, (one) => one.param)) {
      for (let at = 0; at < sameParam.length; at += CHUNK) await this.loadIdentifiers(sameParam.slice(at, at + CHUNK));
    }
    for (const { key, type, params } of fresh) {
      if (!this.found.has(key)) this.found.set(key, await this.search.ids(this.access, type, params, { limit: spare + 2, sql: this.sql }));
    }
  }

  /** Ids of what matches; two or more mean that the criteria name no one resource. */
  of({ key }: Criteria): readonly string[] {
    const ids = this.found.get(key);
    if (!ids) throw new Error('Criteria were used before they were looked up.');
    return ids;
  }

  private async loadIdentifiers(wanted: readonly Wanted[]): Promise<void> {
    const { param, criteria: { type } } = wanted[0]!;
    const condition = await accessCondition(this.sql, this.access, type, 's', 'r');
    const codes = [...new Set(wanted.map((one) => one.code))];
    const rows = await this.sql.query<{ code: string; system: number; fhir_id: string }>(
      `SELECT t.code, t.system, r.fhir_id FROM fhir_index_token t JOIN fhir_resource r ON r.id = t.resource
       WHERE t.param = ? AND t.code IN (${placeholders(codes.length)}) AND r.deleted = 0 AND ${condition.sql} LIMIT ${MOST_ROWS}`,
      [param, ...codes, ...condition.params],
    );
    if (rows.length === MOST_ROWS) return;
    const ids = groupBy(rows, (row) => `${row.system} ${row.code}`);
    for (const { criteria, system, code } of wanted) {
      this.found.set(criteria.key, [...new Set((ids.get(`${system} ${code}`) ?? []).map((row) => row.fhir_id))]);
    }
  }
}

function asWanted(criteria: Criteria): Wanted[] {
  const identifier = identifierOf(criteria);
  if (!identifier) return [];
  return [{ criteria, param: identifier.param, code: keyText(identifier.code, 128), system: systemHash(identifier.system) }];
}
