import { reading } from '#libs/fhir';
import { OUTCOME } from '#libs/terminology';
import { type Given, givenOf } from './issue.given';
import type { IssueRow } from './issue.entity';

const { text, code, codings, concept } = reading;

/** Over: no longer active, or ended. */
export const isOver = (row: IssueRow): boolean => row.activity === 0 || row.enddate !== null;

/** `clinicalStatus`, or `verificationStatus`, with the words it was given in. */
export function statusElement(system: string, status: string | null | undefined, row?: IssueRow): unknown {
  if (!status) return undefined;
  const given = row && givenOf(row).status;
  const words = given?.code === status ? given : undefined;
  return { coding: [{ system, code: status, display: words?.display }], text: words?.text };
}

export function readStatus(element: unknown, system: string): Given['status'] {
  const status = code(element, system);
  if (status === null) return undefined;
  const display = codings(element).find((coding) => coding.system === system)?.display;
  const words = text(concept(element).text);
  return { code: status, ...(display && { display }), ...(words !== null && { text: words }) };
}

/** What ending an issue through the standard API, or taking its end back, says of its status. */
export function statusAfter(before: IssueRow, columns: Partial<IssueRow>): Partial<IssueRow> {
  if (columns.enddate === undefined || (columns.enddate === null) === (before.enddate === null)) return {};
  return columns.enddate === null ? { activity: 1, outcome: OUTCOME.unassigned } : { activity: 0 };
}
