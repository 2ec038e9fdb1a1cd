import type { SqlValue } from '../../database';
import { foldText, invalid } from '../../kernel';

/** Columns searched by containment, without regard to case and accents. */
export const FOLDED = ['fname', 'mname', 'lname', 'street', 'city', 'state', 'postal_code', 'title'] as const;

const EXACT = ['ss', 'phone_home', 'phone_biz', 'phone_cell', 'postal_contact', 'sex', 'country_code', 'email', 'DOB', 'date', 'pubpid', 'uuid'] as const;

const SORTABLE = new Set([
  'id', 'pid', 'pubpid', 'title', 'fname', 'lname', 'mname', 'DOB', 'sex', 'street', 'city', 'state', 'postal_code', 'country_code',
  'phone_home', 'phone_cell', 'phone_biz', 'email', 'status', 'date', 'regdate', 'last_updated',
]);

export type PatientQuery = Record<string, unknown>;

/** Names come from the lists above, values are bound. */
export function whereOf(query: PatientQuery): { sql: string; params: SqlValue[]; order: string } {
  const conditions: string[] = [];
  const params: SqlValue[] = [];
  for (const name of FOLDED) {
    const value = textValue(query, name);
    if (value === undefined) continue;
    const folded = foldText(value);
    conditions.push(isSearchable(folded) ? `${name}_folded LIKE ? ESCAPE '!'` : '1 = 0');
    if (isSearchable(folded)) params.push(`%${folded.replace(/[!%_]/g, '!$&')}%`);
  }
  for (const name of EXACT) {
    const value = textValue(query, name);
    if (value === undefined) continue;
    conditions.push(name === 'postal_contact' ? '1 = 0' : `${name} = ?`);
    if (name !== 'postal_contact') params.push(value);
  }
  return { sql: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '', params, order: orderOf(query) };
}

/** Text that folds to nothing is in no name, and SQLite reads a pattern only up to a NUL; neither may come to mean “any”. */
const isSearchable = (folded: string): boolean => folded !== '' && !folded.includes('\0');

function textValue(query: PatientQuery, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw invalid(`Filter ${name} may be given once.`, [{ path: name, rule: 'IsString::NOT_A_STRING', message: 'Give this filter once, as text.' }]);
  return value;
}

const FOLDED_NAMES: ReadonlySet<string> = new Set(FOLDED);

/** Unknown fields are left out; text is ordered as it is searched, without regard to case and accents; the patient number makes the order complete. */
function orderOf(query: PatientQuery): string {
  const wanted = typeof query._sort === 'string' ? query._sort.split(',') : [];
  const terms = wanted.flatMap((term) => {
    const name = term.replace(/^-/, '').trim();
    return SORTABLE.has(name) ? [`${FOLDED_NAMES.has(name) ? `${name}_folded` : name} ${term.startsWith('-') ? 'DESC' : 'ASC'}`] : [];
  });
  return [...terms, 'pid ASC'].join(', ');
}
