import { dateColumn, dateTimeOf, type FhirResource, reading } from '#libs/fhir';
import { conceptOf, readConcept } from './issue.codes';
import type { Given } from './issue.given';
import type { IssueRow } from './issue.entity';
import { notesOf, readNotes } from './issue.notes';

const { text, referenceId } = reading;

type Elements = Record<string, unknown>;

/** Elements that every kind of issue has. What is empty the caller compacts away. */
export function commonElements(row: IssueRow): Elements {
  return {
    code: conceptOf(row),
    encounter: row.encounter_uuid ? { reference: `Encounter/${row.encounter_uuid}` } : undefined,
    recordedDate: row.recorded,
    recorder: row.recorder_uuid ? { reference: `Practitioner/${row.recorder_uuid}` } : undefined,
    note: notesOf(row.comments),
  };
}

const LONGEST_DATE = 30;

/** The columns of those elements, and what of them no column holds. */
export function commonColumns(resource: FhirResource): { columns: Partial<IssueRow>; given: Given } {
  const { title, diagnosis, given } = readConcept(resource.code);
  const date = dateColumn(resource.recordedDate);
  const recorded = text(resource.recordedDate);
  return {
    given,
    columns: {
      title,
      diagnosis,
      encounter_uuid: referenceId(resource.encounter, 'Encounter'),
      recorder_uuid: referenceId(resource.recorder, 'Practitioner'),
      recorded: recorded !== null && recorded.length > LONGEST_DATE ? (dateTimeOf(date) ?? null) : recorded,
      comments: readNotes(resource.note),
      // A resource that does not say when it was recorded was so when it came.
      ...(date !== null && { date }),
    },
  };
}
