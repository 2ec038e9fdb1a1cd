import { dateColumn, dateTimeOf, type FhirResource, reading } from '#libs/fhir';
import { givenOf } from './issue.given';
import type { IssueRow } from './issue.entity';

const { element } = reading;

type Elements = Record<string, unknown>;
type Choice = 'onset' | 'abatement';

const COLUMN = { onset: 'begdate', abatement: 'enddate' } as const;

/**
 * onset[x] of begdate, abatement[x] of enddate. A form other than dateTime stands for the column as long as the column
 * holds the date within it (none, for an age or a text); once edited, a dateTime takes its place.
 */
export function dateElements(row: IssueRow, choice: Choice): Elements {
  const column = row[COLUMN[choice]];
  const other = givenOf(row)[choice];
  if (other && dateWithin(other, choice) === column) return other;
  return column ? { [`${choice}DateTime`]: dateTimeOf(column) } : {};
}

/** The column's value, and the element as it is where it is no dateTime. */
export function readDate(resource: FhirResource, choice: Choice): { date: string | null; other: Elements | undefined } {
  const other = otherForm(resource, choice);
  return { date: dateColumn(resource[`${choice}DateTime`]) ?? (other ? dateWithin(other, choice) : null), other };
}

/** `_onsetDateTime` counts too: it may say why there is no date. */
function otherForm(resource: FhirResource, choice: Choice): Elements | undefined {
  const isForm = (name: string) => name.startsWith(choice) || name.startsWith(`_${choice}`);
  const entries = Object.entries(resource).filter(([name]) => isForm(name) && name !== `${choice}DateTime`);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** Something begins when its period does, and is over when its period is. */
function dateWithin(form: Elements, choice: Choice): string | null {
  const period = element(form[`${choice}Period`]);
  return choice === 'onset' ? dateColumn(period.start) : dateColumn(period.end) ?? dateColumn(period.start);
}
