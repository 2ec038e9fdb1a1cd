import { VERIFICATION } from '#libs/terminology';
import { shownColumns } from '../../standard';
import { codeObjects } from './issue.codes';
import { issueColumns } from './issue.columns';
import type { IssueRow } from './issue.entity';
import { givenOf } from './issue.given';

export type IssueView = Record<string, unknown>;

/** What the record of every kind of issue shows: all columns, its codes expanded, and whose it is. */
export function issueView(row: IssueRow): IssueView {
  return {
    ...shownColumns(row, issueColumns),
    diagnosis: codeObjects(row.diagnosis, givenOf(row)),
    // What nobody has called over goes on.
    activity: row.activity ?? 1,
    patient_id: row.pid,
    puuid: row.patient_uuid,
    patient_uuid: row.patient_uuid,
    verification_title: VERIFICATION[row.verification ?? ''] ?? null,
  };
}
