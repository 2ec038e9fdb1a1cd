import type { Sql } from '../../database';
import { practitionerKeys } from '../../practice/practitioner';
import { type IssueRow, type IssueView, issueView } from '../issue';

/** Problems as the standard and the portal API show them, with who recorded them. One statement, however many rows. */
export async function medicalProblemViews(sql: Sql, rows: readonly IssueRow[]): Promise<IssueView[]> {
  const recorders = await practitionerKeys(sql, 'uuid', rows.flatMap((row) => row.recorder_uuid ?? []));
  return rows.map((row) => {
    const recorder = recorders.get(row.recorder_uuid ?? '');
    return {
      ...issueView(row),
      encounter_uuid: row.encounter_uuid,
      condition_uuid: row.uuid,
      last_updated_time: row.modifydate,
      provider_id: recorder?.id ?? null,
      provider_npi: recorder?.npi ?? null,
      provider_uuid: row.recorder_uuid,
      provider_username: recorder?.username ?? null,
    };
  });
}
