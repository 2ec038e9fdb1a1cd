import { Injectable } from '@nestjs/common';
import type { OutcomeIssue } from '#libs/fhir';
import type { Sql } from '../../../database';
import type { Access } from '../../../kernel';
import { CursorSecret, readPosition, signPosition } from '../../search';
import type { StoredRow } from '../../search/include/stored-row';
import { answerBundle } from '../answer-bundle';
import type { EverythingRequest } from './everything-request';
import { type Place, placeOf, type Walk, walked } from './walk';
import { MOST_SHARED, type Shared } from './shared';

/** Without _count, everything comes at once, unless it is more than this. */
const MOST_AT_ONCE = 5000;

/** What one question about a record comes to. */
export interface WholeRecord {
  sql: Sql;
  /** The resource asked about, which comes first. */
  first: StoredRow[];
  walks: readonly Walk[];
  /** What belongs to nobody and is referred to: it comes with the last page. */
  shared(): Promise<Shared>;
}

type Position = [walk: number, ...place: Place];

/** Pages of a record, each resource once over all pages. */
@Injectable()
export class Everything {
  constructor(private readonly secret: CursorSecret) {}

  async page(access: Access, request: EverythingRequest, record: WholeRecord, base: string, path: string): Promise<Buffer> {
    const secret = await this.secret.get();
    const question = [path, request.used];
    const after = request.cursor === undefined ? undefined : (readPosition(secret, access, question, request.cursor) as Position);
    const { rows, position } = await this.rows(record, request.count ?? MOST_AT_ONCE, after);
    const { rows: shared, cut } = position ? { rows: [], cut: false } : await record.shared();
    return answerBundle({ base, path, used: request.used, matches: rows, included: shared, notes: cut ? [CUT] : [], ...(position && { next: signPosition(secret, access, question, position) }) });
  }

  private async rows(record: WholeRecord, limit: number, after: Position | undefined): Promise<{ rows: StoredRow[]; position?: Position }> {
    const rows = after ? [] : [...record.first];
    const [begin, ...place] = after ?? [0, ...START];
    for (const [index, walk] of record.walks.entries()) {
      if (index < begin) continue;
      const behind = index === begin ? place : START;
      if (rows.length >= limit) return { rows, position: [index, ...behind] };
      const found = await walked(record.sql, walk, limit - rows.length, behind);
      rows.push(...found.rows);
      if (found.more) return { rows, position: [index, ...placeOf(found.rows.at(-1)!)] };
    }
    return { rows };
  }
}

/** Before whatever a walk holds. */
const START: Place = [-2, '', -1];

const CUT: OutcomeIssue = { severity: 'warning', code: 'too-costly', diagnostics: `More than ${MOST_SHARED} resources of nobody are referred to; the rest was left out. Narrow the question by _type, start or end.` };
