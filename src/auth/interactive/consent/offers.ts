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

/** What was ticked, seen from the offers it was ticked on. */
class Choice {
  private readonly known = new Map<string, Offer>();
  private readonly wholes = new Map<string, Offer>();

  constructor(
    offers: readonly Offer[],
    private readonly ticked: ReadonlySet<string>,
  ) {
    for (const made of offers) {
      this.known.set(meaning(made.scope), made);
      for (const part of made.parts) {
        this.known.set(meaning(part.scope), part);
        this.wholes.set(part.value, made);
      }
    }
  }

  /** A scope is granted as it stands when all it is made of was ticked whole; else the ticked pieces stand in its place. */
  granted(text: string): string[] {
    const pieces = offersOf(text).map((piece) => this.known.get(meaning(piece.scope)) ?? piece);
    if (pieces.length > 0 && pieces.every((piece) => this.isGiven(piece))) return [text];
    return pieces.flatMap((piece) => (this.isGiven(piece) ? [piece.value] : this.narrowed(piece)));
  }

  private narrowed(made: Offer): string[] {
    return made.parts.map((part) => part.value).filter((value) => this.ticked.has(value));
  }

  private isWhole(made: Offer): boolean {
    return this.ticked.has(made.value) && this.narrowed(made).length === 0;
  }

  /** Ticked itself, or part of a type that was ticked without narrowing it. */
  private isGiven(made: Offer): boolean {
    const whole = this.wholes.get(made.value);
    return this.isWhole(made) || (whole !== undefined && this.isWhole(whole));
  }
}

/** What is granted of `requested` when these values were ticked: never more than was requested. */
export function grantedScopes(requested: readonly string[], ticked: ReadonlySet<string>): string[] {
  const choice = new Choice(offersFor(requested), ticked);
  return [...new Set(requested.flatMap((text) => (isHidden(text) ? [text] : choice.granted(text))))];
}
