import { formatScope, GRANULAR, isFhirScope, parseScope, type ResourceScope, type Scope } from '#libs/smart';
import { TYPE_WORDS } from './type-words';

/** One thing a person can tick. Its value is a scope; equal rights asked for in two spellings are one offer. */
export interface Offer {
  value: string;
  scope: Scope;
  /** Narrower forms; ticking one replaces the offer itself (SMART 2.2, “scopes for requesting FHIR resources”). */
  parts: Offer[];
}

/** Kept without asking: it says only that the person signed in. */
export const isHidden = (scope: string): boolean => scope === 'openid';

/** Order and letters do not depend on spelling: `.read` and `.rs` are the same right. */
const meaning = (scope: Scope): string => (scope.kind === 'resource' ? formatScope(scope) : scope.text);

/** A wildcard is offered type by type, so that each can be left out; other types come along only with the whole. */
const typesOf = (scope: ResourceScope): ResourceScope[] =>
  Object.keys(TYPE_WORDS).map((resource) => {
    const typed = { ...scope, resource };
    return { ...typed, text: formatScope(typed) };
  });

const isWildcard = (scope: Scope): scope is ResourceScope => scope.kind === 'resource' && scope.resource === '*' && scope.filter.length === 0;

const offer = (scope: Scope): Offer => ({ value: scope.text, scope, parts: subChoices(scope) });

/** Categories of Condition, Observation and documents, when the whole type is asked for. */
function subChoices(scope: Scope): Offer[] {
  if (scope.kind !== 'resource' || scope.filter.length > 0 || !isFhirScope(scope)) return [];
  return categories(scope.resource).map((category) => {
    const narrow: ResourceScope = { ...scope, filter: [['category', category]], text: '' };
    const text = formatScope(narrow);
    return { value: text, scope: { ...narrow, text }, parts: [] };
  });
}

/** Without OpenEMR's second spelling of social history: nobody should choose between the two. */
const categories = (type: string): readonly string[] => (GRANULAR[type] ?? []).filter((category) => !category.includes('org//'));

/** The offers that a requested scope is made of. */
function offersOf(text: string): Offer[] {
  const scope = parseScope(text);
  if (!scope) return [];
  return (isWildcard(scope) ? typesOf(scope) : [scope]).map(offer);
}

/** Everything a consent page offers for the requested scopes, each right once. */
export function offersFor(requested: readonly string[]): Offer[] {
  const offers = new Map<string, Offer>();
  // Specific scopes first, so that a wildcard's parts take over the spelling that the app knows.
  const specificFirst = [...requested].sort((a, b) => Number(a.includes('/*')) - Number(b.includes('/*')));
  for (const made of specificFirst.filter((text) => !isHidden(text)).flatMap(offersOf)) {
    const key = meaning(made.scope);
    if (!offers.has(key)) offers.set(key, made);
  }
  const parts = new Set([...offers.values()].flatMap((whole) => whole.parts.map((part) => meaning(part.scope))));
  return [...offers].flatMap(([key, made]) => (parts.has(key) ? [] : [made]));
}

/**
 * What is granted when these values were ticked. A requested scope is granted as it stands when all it is made of was
 * ticked whole; otherwise the ticked pieces are granted in its place.
 */
export function grantedScopes(requested: readonly string[], ticked: ReadonlySet<string>): string[] {
  const offers = new Map(offersFor(requested).flatMap((made) => [made, ...made.parts].map((each) => [meaning(each.scope), each] as const)));
  const narrowed = (made: Offer): string[] => made.parts.map((part) => part.value).filter((value) => ticked.has(value));
  const isWhole = (made: Offer): boolean => ticked.has(made.value) && narrowed(made).length === 0;
  const wholeOf = (made: Offer): Offer | undefined => [...offers.values()].find((other) => other.parts.some((part) => part.value === made.value));
  const isGiven = (made: Offer): boolean => {
    const whole = wholeOf(made);
    return isWhole(made) || (whole !== undefined && isWhole(whole));
  };
  const granted = requested.flatMap((text) => {
    if (isHidden(text)) return [text];
    const pieces = offersOf(text).map((piece) => offers.get(meaning(piece.scope)) ?? piece);
    if (pieces.length > 0 && pieces.every(isGiven)) return [text];
    return pieces.flatMap((piece) => (narrowed(piece).length > 0 ? narrowed(piece) : isGiven(piece) ? [piece.value] : []));
  });
  return [...new Set(granted)];
}
