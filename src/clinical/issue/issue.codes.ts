import { type Coding, reading } from '#libs/fhir';
import { formatCodes, parseCodes, splitCodes } from '#libs/terminology';
import { type Given, givenOf } from './issue.given';
import type { IssueRow } from './issue.entity';

const { text, codings } = reading;

/** A code as the standard API expands it. */
export interface CodeObject {
  code: string;
  description: string;
  code_type: string;
  system: string;
}

/** The stored form of a coding; undefined where its system has no prefix. */
const storedCode = (coding: Coding): string | undefined => (coding.code?.includes(';') ? undefined : (formatCodes([coding]) ?? undefined));

/** Stored codes of `all` in their order, each once, and what the stored form loses. No code is cut: what does not fit is left out. */
export function readCodings(all: readonly Coding[], room: number): { codes: string[]; codings: NonNullable<Given['codings']> } {
  const kept: NonNullable<Given['codings']> = {};
  let used = 0;
  for (const coding of all) {
    const stored = storedCode(coding);
    if (!stored || stored in kept || used + stored.length > room) continue;
    used += stored.length + 1;
    kept[stored] = { ...(coding.system && { system: coding.system }), ...(coding.display && { display: coding.display }) };
  }
  return { codes: Object.keys(kept), codings: kept };
}

/** Stored codes as FHIR says them: in the system and with the words they came with, where they came through FHIR. */
export function codingsOf(stored: string | null, given: Given): Coding[] {
  return parseCodes(stored).map(({ codeType, code, system }) => {
    const known = given.codings?.[`${codeType}:${code}`];
    return { system: known?.system ?? system, code, ...(known?.display && { display: known.display }) };
  });
}

/** `code` of an issue: its codes, and its title unless that is only the display of one. */
export function conceptOf(row: IssueRow): unknown {
  const given = givenOf(row);
  return { coding: codingsOf(row.diagnosis, given), text: row.title === given.title ? undefined : row.title };
}

const WIDTH = 255;

export interface CodeColumns {
  title: string | null;
  diagnosis: string | null;
  given: Pick<Given, 'title' | 'codings'>;
}

export function readConcept(concept: unknown): CodeColumns {
  const all = codings(concept);
  const words = text(reading.concept(concept).text);
  const name = words ?? all.find((coding) => coding.display)?.display ?? all.find((coding) => coding.code)?.code ?? null;
  const title = name?.slice(0, WIDTH) ?? null;
  const { codes, codings: kept } = readCodings(all, WIDTH);
  return { title, diagnosis: codes.join(';') || null, given: { codings: kept, ...(title !== null && words === null && { title }) } };
}

/** `{"<code>": {code, description, code_type, system}}`, as the standard API shows stored codes; null where there are none. */
export function codeObjects(stored: string | null, given: Given): Record<string, CodeObject> | null {
  const objects = splitCodes(stored).map(({ codeType, code, system }): [string, CodeObject] => {
    const known = given.codings?.[`${codeType}:${code}`];
    return [code, { code, description: known?.display ?? '', code_type: codeType, system: known?.system ?? system ?? '' }];
  });
  return objects.length > 0 ? Object.fromEntries(objects) : null;
}
