import { formatScope, isFhirScope, parseScope, type ResourceScope, type Scope } from './scope';

const letters = (verbs: string, keep: (letter: string) => boolean): string => [...verbs].filter(keep).join('');

const reaches = (broad: ResourceScope, narrow: ResourceScope): boolean =>
  broad.context === narrow.context && (broad.resource === narrow.resource || (broad.resource === '*' && isFhirScope(narrow)));

/** True when every restriction of `broad` is also one of `narrow`, so that narrow's resources are among broad's. */
const includesFilter = (broad: ResourceScope, narrow: ResourceScope): boolean =>
  broad.filter.every(([name, value]) => narrow.filter.some((pair) => pair[0] === name && pair[1] === value));

const parseAll = (scopes: Iterable<string>): Scope[] => [...scopes].flatMap((text) => parseScope(text) ?? []);

/**
 * Do the granted scopes allow all that `needed` asks for? Judged verb by verb: `.r` and `.s` together cover
 * `.rs`, and v1 forms stand for their letters. A granular scope never covers an unrestricted need.
 */
export function covers(granted: Iterable<string>, needed: string): boolean {
  const want = parseScope(needed);
  if (!want) return false;
  const have = parseAll(granted);
  if (want.kind === 'word') return have.some((scope) => scope.text === want.text);
  if (want.kind === 'operation') return have.some((scope) => scope.kind === 'operation' && scope.text === want.text);
  const able = have.filter((scope): scope is ResourceScope => scope.kind === 'resource' && reaches(scope, want) && includesFilter(scope, want));
  return [...want.verbs].every((verb) => able.some((scope) => scope.verbs.includes(verb)));
}

/**
 * What is granted when `requested` meets `allowed`: never more than either, and of two forms the narrower. A
 * requested wildcard against allowed types yields the types; a requested type against an allowed wildcard, the type.
 * The caller's own spelling is kept where nothing was cut, so that a v1 request is answered in v1.
 */
export function intersect(requested: Iterable<string>, allowed: Iterable<string>): string[] {
  const have = parseAll(allowed);
  return [...new Set(parseAll(requested).flatMap((want) => meet(want, have)))];
}

function meet(want: Scope, have: Scope[]): string[] {
  if (want.kind !== 'resource') return have.some((scope) => scope.text === want.text) ? [want.text] : [];
  const parts = merge(have.flatMap((scope) => (scope.kind === 'resource' ? (narrower(want, scope) ?? []) : [])));
  const whole = parts.find((part) => part.resource === want.resource && part.verbs === want.verbs && part.filter.length === want.filter.length);
  if (whole) return [want.text];
  return parts.map((part) => have.find((scope) => scope.kind === 'resource' && same(scope, part))?.text ?? formatScope(part));
}

function narrower(want: ResourceScope, have: ResourceScope): ResourceScope | undefined {
  const type = reaches(have, want) ? want : reaches(want, have) ? have : undefined;
  const restriction = includesFilter(have, want) ? want : includesFilter(want, have) ? have : undefined;
  const verbs = letters(want.verbs, (letter) => have.verbs.includes(letter));
  if (!type || !restriction || !verbs) return undefined;
  return { ...type, verbs, filter: restriction.filter };
}

const sameReach = (a: ResourceScope, b: ResourceScope): boolean =>
  a.context === b.context && a.resource === b.resource && a.filter.length === b.filter.length && includesFilter(a, b);

const same = (a: ResourceScope, b: ResourceScope): boolean => sameReach(a, b) && a.verbs === b.verbs;

/** Parts of equal reach become one: `.rs` and `.cud` allowed together answer a request for `.cruds`. */
function merge(parts: ResourceScope[]): ResourceScope[] {
  const merged: ResourceScope[] = [];
  for (const part of parts) {
    const known = merged.find((other) => sameReach(other, part));
    if (known) known.verbs = letters('cruds', (letter) => known.verbs.includes(letter) || part.verbs.includes(letter));
    else merged.push({ ...part });
  }
  return merged;
}
