import { parseJson, stringifyJson } from '#libs/fhir';
import type { IssueRow } from './issue.entity';

type Elements = Record<string, unknown>;

/**
 * What FHIR said of an issue beyond its columns. It lets the rendering of a row repeat the resource it came from and
 * say nothing that was not there, so that an edit of a column touches the element it stands for and no other.
 */
export interface Given {
  /** The title where it is a coding's display, there being no text. */
  title?: string;
  /** What a stored code cannot say, by stored code. */
  codings?: Record<string, { system?: string; display?: string }>;
  /** The words of the clinical status, valid for this code of it. */
  status?: { code: string; display?: string; text?: string };
  /** onset[x] and abatement[x] in a form other than dateTime. */
  onset?: Elements;
  abatement?: Elements;
  /** The names of the reactions. */
  reactions?: string;
}

export const givenOf = (row: Pick<IssueRow, 'given'>): Given => (row.given ? (parseJson(row.given) as unknown as Given) : {});

/** The stored form; null where there is nothing to keep. */
export function givenColumn(given: { [Name in keyof Given]: Given[Name] | undefined }): string | null {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined && Object.keys(value).length > 0);
  return entries.length > 0 ? stringifyJson(Object.fromEntries(entries)) : null;
}
