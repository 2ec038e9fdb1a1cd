import { OCCURRENCE, OUTCOME } from '#libs/terminology';
import { type IssueRow, isOver } from '../issue';

type StatusColumns = Pick<IssueRow, 'activity' | 'outcome' | 'occurrence'>;

/** condition-clinical ↔ columns. */
const COLUMNS: Record<string, StatusColumns> = {
  active: { activity: 1, outcome: OUTCOME.unassigned, occurrence: OCCURRENCE.unknown },
  recurrence: { activity: 1, outcome: OUTCOME.unassigned, occurrence: OCCURRENCE.recurrent },
  relapse: { activity: 1, outcome: OUTCOME.unassigned, occurrence: OCCURRENCE.earlyRecurrence },
  inactive: { activity: 0, outcome: OUTCOME.unassigned, occurrence: OCCURRENCE.unknown },
  remission: { activity: 0, outcome: OUTCOME.improved, occurrence: OCCURRENCE.unknown },
  resolved: { activity: 0, outcome: OUTCOME.resolved, occurrence: OCCURRENCE.unknown },
};

/** Without a status nobody has said whether the problem goes on: `activity` is empty. */
const UNSAID: StatusColumns = { activity: null, outcome: null, occurrence: null };

export const statusColumns = (status: string | undefined): StatusColumns => COLUMNS[status ?? ''] ?? UNSAID;

/** Undefined where nobody has said. */
export function clinicalStatusOf(row: IssueRow): string | undefined {
  if (row.activity === null) return undefined;
  if (row.outcome === OUTCOME.resolved) return 'resolved';
  if (isOver(row)) return row.outcome === OUTCOME.improved ? 'remission' : 'inactive';
  if (row.occurrence === OCCURRENCE.earlyRecurrence) return 'relapse';
  return (row.occurrence ?? 0) > OCCURRENCE.first ? 'recurrence' : 'active';
}
