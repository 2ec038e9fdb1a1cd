import { resourceTypes } from '#libs/fhir';
import type { Access } from '../../../kernel';
import { condition } from '../../search/compile/condition';
import type { Scope } from '../../search/compile/scope';
import { all, any, type Fragment, isIn, name, TRUE } from '../../search/sql/fragment';
import { type EverythingRequest, mayReadSome } from './everything-request';

/** The types an answer may hold: those asked for, of those that the caller may read at all. */
export const answerTypes = (access: Access, { types }: Pick<EverythingRequest, 'types'>): string[] => resourceTypes.filter((type) => (types ? types.has(type) : mayReadSome(access, type)));

/** Whether the resource of alias `c` is of one of `types` and the caller’s to see. Types that are seen alike share one condition. */
export function visibleOfTypes(types: readonly string[], scope: Scope): Fragment {
  const alike = new Map<string, string[]>();
  for (const type of types) {
    const key = JSON.stringify(scope.visible(type));
    alike.set(key, [...(alike.get(key) ?? []), type]);
  }
  return any([...alike.values()].map((group) => all([isOneOf(group), condition(scope.visible(group[0]!), 'c', group[0]!, scope)])));
}

/** The plus sign keeps the databases from looking up type by type, and from sorting what they find. */
const isOneOf = (types: readonly string[]): Fragment => (types.length === resourceTypes.length ? TRUE : isIn(PLUS_TYPE, types));

const PLUS_TYPE: Fragment = { text: `+${name('c.type').text}`, params: [] };
