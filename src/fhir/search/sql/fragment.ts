import type { SqlValue } from '../../../database';

/** A piece of SQL with the values it binds. Text comes from code alone: every value of a caller is a parameter. */
export interface Fragment {
  readonly text: string;
  readonly params: readonly SqlValue[];
}

type Part = SqlValue | Fragment;

const isFragment = (part: Part): part is Fragment => typeof part === 'object' && part !== null && 'text' in part;

/** Template tag: fragments are spliced in, anything else is bound. Written with loops: a search makes some hundred of them. */
export function sql(strings: TemplateStringsArray, ...parts: Part[]): Fragment {
  const params: SqlValue[] = [];
  let text = strings[0]!;
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]!;
    if (isFragment(part)) {
      text += part.text;
      for (let at = 0; at < part.params.length; at++) params.push(part.params[at]!);
    } else {
      text += '?';
      params.push(part);
    }
    text += strings[index + 1]!;
  }
  return { text, params };
}

export const EMPTY: Fragment = { text: '', params: [] };
export const TRUE: Fragment = { text: '1 = 1', params: [] };
export const FALSE: Fragment = { text: '1 = 0', params: [] };

const names = new Map<string, Fragment>();

/** Table, column and alias names, and nothing else. */
export function name(identifier: string): Fragment {
  let fragment = names.get(identifier);
  if (!fragment) {
    if (!/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$/.test(identifier)) throw new Error(`Not a name: ${identifier}`);
    fragment = { text: identifier, params: [] };
    names.set(identifier, fragment);
  }
  return fragment;
}

/** A count that stands in the text, where databases take no parameter (LIMIT). */
export function wholeNumber(value: number): Fragment {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error('Not a whole number.');
  return { text: String(value), params: [] };
}

export function joined(fragments: readonly Fragment[], separator: string): Fragment {
  if (fragments.length === 1) return fragments[0]!;
  const params: SqlValue[] = [];
  let text = '';
  for (let index = 0; index < fragments.length; index++) {
    const one = fragments[index]!;
    text += index === 0 ? one.text : separator + one.text;
    for (let at = 0; at < one.params.length; at++) params.push(one.params[at]!);
  }
  return { text, params };
}

export function all(fragments: readonly Fragment[]): Fragment {
  const relevant = fragments.filter((one) => one !== TRUE);
  if (relevant.includes(FALSE)) return FALSE;
  return relevant.length === 0 ? TRUE : joined(relevant, ' AND ');
}

export function any(fragments: readonly Fragment[]): Fragment {
  const relevant = fragments.filter((one) => one !== FALSE);
  if (relevant.length === 0 || relevant.includes(TRUE)) return relevant.length === 0 ? FALSE : TRUE;
  if (relevant.length === 1) return relevant[0]!;
  return sql`(${joined(relevant.map((one) => sql`(${one})`), ' OR ')})`;
}

/**
 * All values are bound, and all as the same type: a list that mixes a literal and a parameter makes MariaDB compare
 * as decimals and read the whole table.
 */
export function isIn(column: Fragment, values: readonly SqlValue[]): Fragment {
  if (values.length === 0) return FALSE;
  if (values.length === 1) return sql`${column} = ${values[0]!}`;
  return sql`${column} IN (${joined(values.map((value) => sql`${value}`), ', ')})`;
}
