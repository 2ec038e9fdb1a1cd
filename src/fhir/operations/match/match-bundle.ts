import { operationOutcome } from '#libs/fhir';
import { clock, instant } from '../../../kernel';
import { nameOf, type StoredRow } from '../../search/include/stored-row';
import type { Scored } from './score';

export interface Match extends Scored {
  row: StoredRow;
}

const GRADE = 'http://hl7.org/fhir/StructureDefinition/match-grade';

/** The Bundle as bytes: stored ones, each with its score and grade. `note`: advice on how to choose (R4 patient-operation-match). */
export function matchBundle(base: string, matches: readonly Match[], note?: string): Buffer {
  const head = { resourceType: 'Bundle', meta: { lastUpdated: instant(clock.now()) }, type: 'searchset', total: matches.length };
  const entries = matches.map(({ row, score, grade }) => {
    const search = JSON.stringify({ extension: [{ url: GRADE, valueCode: grade }], mode: 'match', score });
    return [Buffer.from(`{"fullUrl":${JSON.stringify(`${base}/${nameOf(row)}`)},"resource":`), row.body, Buffer.from(`,"search":${search}}`)];
  });
  const advice = note === undefined ? [] : [[Buffer.from(JSON.stringify({ resource: operationOutcome([{ severity: 'warning', code: 'multiple-matches', diagnostics: note }]), search: { mode: 'outcome' } }))]];
  const listed = [...entries, ...advice].flatMap((entry, index) => (index === 0 ? entry : [COMMA, ...entry]));
  const text = JSON.stringify(head).slice(0, -1);
  // An empty list is no valid JSON of FHIR.
  return listed.length === 0 ? Buffer.from(`${text}}`) : Buffer.concat([Buffer.from(`${text},"entry":[`), ...listed, Buffer.from(']}')]);
}

const COMMA = Buffer.from(',');
