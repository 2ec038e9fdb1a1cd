import { REACTION } from '#libs/terminology';
import type { Sql } from '../../database';
import { facilityKeys } from '../../practice/facility';
import { practitionerKeys } from '../../practice/practitioner';
import { codeObjects, givenOf, type IssueRow, type IssueView, issueView } from '../issue';

/** Allergies as the standard and the portal API show them, with who recorded them, and for whom. Two statements, however many rows. */
export async function allergyViews(sql: Sql, rows: readonly IssueRow[]): Promise<IssueView[]> {
  const recorders = await practitionerKeys(sql, 'uuid', rows.flatMap((row) => row.recorder_uuid ?? []));
  const places = await facilityKeys(sql, 'id', [...recorders.values()].flatMap((recorder) => recorder.facility_id ?? []));
  return rows.map((row) => {
    const recorder = recorders.get(row.recorder_uuid ?? '');
    const place = places.get(recorder?.facility_id ?? -1);
    return {
      ...issueView(row),
      ...reactionFields(row),
      practitioner: recorder?.username ?? null,
      practitioner_npi: recorder?.npi ?? null,
      practitioner_uuid: row.recorder_uuid,
      organization: place?.name ?? null,
      organization_uuid: place?.uuid ?? null,
    };
  });
}

/** A reaction is shown by its codes; a row that only has the option of the list, by the codes of that. */
function reactionFields(row: IssueRow): IssueView {
  const option = REACTION[row.reaction ?? ''];
  const codes = row.reaction_codes ?? option?.codes ?? null;
  const given = givenOf(row);
  return { reaction: codeObjects(codes, given), reaction_title: given.reactions ?? option?.title ?? null, reaction_codes: codes };
}
