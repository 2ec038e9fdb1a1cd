import { resourceTypes } from '#libs/fhir';
import { type Access, groupBy } from '../../../kernel';
import { condition } from '../../search/compile/condition';
import type { Scope } from '../../search/compile/scope';
import { all, any, type Fragment, isIn, name, TRUE } from '../../search/sql/fragment';
import { type EverythingRequest, mayReadSome } from './everything-request';

const readable = new WeakMap<Access, string[]>();

/** The types an answer may hold: those asked for, of those that the caller may read at all. */
export function answerTypes(access: Access, { types }: Pick<EverythingRequest, 'types'>): string[] {
  const all = readable.get(access) ?? resourceTypes.filter((type) => mayReadSome(access, type));
  readable.set(access, all);
  return types ? all.filter((type) => types.has(type)) : all;
}

/** Types that are seen alike, for each list of types: one Access serves all requests of its token. */
const groups = new WeakMap<Access, Map<string, string[][]>>();
const MOST_KNOWN = 20;

function seenAlike(access: Access, types: readonly string[], scope: Scope): string[][] {
  const lists = groups.get(access) ?? new Map<string, string[][]>();
  groups.set(access, lists);
  const key = types.join(' ');
  const known = lists.get(key);
  if (known) return known;
  const alike = [...groupBy(types, (type) => JSON.stringify(scope.visible(type))).values()];
  if (lists.size < MOST_KNOWN) lists.set(key, alike);
  return alike;
}

/** Whether the resource of alias `c` is of one of `types` and the caller’s to see. Types that are seen alike share one condition. */
export function visibleOfTypes(access: Access, types: readonly string[], scope: Scope): Fragment {
  return any(seenAlike(access, types, scope).map((group) => all([isOneOf(group), condition(scope.visible(group[0]!), 'c', group[0]!, scope)])));
}

/** The plus sign keeps the databases from looking up type by type, and from sorting what they find. */
const isOneOf = (types: readonly string[]): Fragment => (types.length === resourceTypes.length ? TRUE : isIn(PLUS_TYPE, types));

const PLUS_TYPE: Fragment = { text: `+${name('c.type').text}`, params: [] };
