import { isResourceType } from '../../definitions/resource-types';
import { LOGICAL_ID } from '../../resource';
import type { ParameterRef, ReferenceValue } from '../expression';
import { unescapeValue } from './escape';
import { SearchSyntaxError } from './search-syntax-error';

const LITERAL = /^([A-Za-z]{1,40})\/([A-Za-z0-9\-.]{1,64})$/;
const VERSIONED = /^([A-Za-z]{1,40})\/([A-Za-z0-9\-.]{1,64})\/_history\/[A-Za-z0-9\-.]{1,64}$/;
const ABSOLUTE = /^[a-z][a-z0-9+.-]{0,30}:\S+$/i;

/**
 * R4 §3.1.1.4.12: `id`, `Type/id` or an absolute URL. A URL below `base` is this server's own and means `Type/id`.
 * One that names a version finds references to that version alone. `only` is the type that a modifier (`subject:Patient`) names.
 */
export function parseReferenceValue(parameter: ParameterRef, text: string, base: string | undefined, only?: string): ReferenceValue {
  const value = unescapeValue(text);
  const local = base && value.startsWith(`${base}/`) ? value.slice(base.length + 1) : value;
  if (LOGICAL_ID.test(local)) return { targets: byId(parameter, local, only), canonical: false };
  const literal = LITERAL.exec(local) ?? VERSIONED.exec(local);
  if (literal && isResourceType(literal[1])) return { targets: only && only !== literal[1] ? [] : [local], canonical: false, ...versionOf(local) };
  if (local === value && ABSOLUTE.test(value)) return { targets: [value], canonical: !value.includes('|'), ...versionOf(value) };
  throw new SearchSyntaxError(parameter.code, `“${parameter.code}” takes an id, Type/id or an absolute URL.`);
}

const versionOf = (reference: string): { versioned?: true } => (reference.includes('/_history/') ? { versioned: true } : {});

function byId(parameter: ParameterRef, id: string, only: string | undefined): string[] {
  return (only ? [only] : parameter.targets).map((type) => `${type}/${id}`);
}
