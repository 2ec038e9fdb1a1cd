import { OUTCOME } from '#libs/terminology';
import { type IssueRow, isOver } from '../issue';

type StatusColumns = Pick<IssueRow, 'activity' | 'outcome'> & Partial<Pick<IssueRow, 'enddate'>>;

/** allergyintolerance-clinical ↔ columns. FHIR has no end date of an allergy: an ended one keeps what the column says. */
const COLUMNS: Record<string, StatusColumns> = {
  active: { activity: 1, outcome: OUTCOME.unassigned, enddate: null },
  inactive: { activity: 0, outcome: OUTCOME.unassigned },
  resolved: { activity: 0, outcome: OUTCOME.resolved },
};

/** Without a status nobody has said whether the allergy goes on: `activity` is empty. */
const UNSAID: StatusColumns = { activity: null, outcome: null };

export const statusColumns = (status: string | undefined): StatusColumns => COLUMNS[status ?? ''] ?? UNSAID;

/** Undefined where nobody has said. */
export function clinicalStatusOf(row: IssueRow): string | undefined {
  if (row.activity === null) return undefined;
  if (row.outcome === OUTCOME.resolved) return 'resolved';
  return isOver(row) ? 'inactive' : 'active';
}
