import { isFhirScope, type OperationScope, type ResourceScope, type Scope } from '#libs/smart';
import { CATEGORY_WORDS, RESOURCE_WORDS, spelledOut, TYPE_WORDS, WORD_WORDS } from './type-words';

/** A scope in plain words. */
export interface Description {
  title: string;
  about: string;
  /** The app could change or remove data, not only see it. */
  changes: boolean;
}

const VERB_WORDS: readonly (readonly [letters: string, words: string])[] = [['rs', 'see'], ['c', 'add'], ['u', 'change'], ['d', 'delete']];

/** “Can see, add and change”; nothing for looking alone, which the page says once for all. */
function actions(verbs: string): string {
  if (!/[cud]/.test(verbs)) return '';
  const words = VERB_WORDS.flatMap(([letters, word]) => ([...letters].some((letter) => verbs.includes(letter)) ? [word] : []));
  const last = words.pop() ?? '';
  const sentence = words.length > 0 ? `${words.join(', ')} and ${last}` : last;
  return `Can ${sentence}`;
}

/** `http://…|laboratory` by its code; other restrictions as they are, since leaving them out would say too much. */
const restriction = (filter: ResourceScope['filter']): string =>
  filter.map(([name, value]) => (name === 'category' && CATEGORY_WORDS[value.split('|').pop() ?? '']) || `${name} = ${value}`).join(', ');

const titleOf = (scope: ResourceScope | OperationScope): string =>
  (isFhirScope(scope) ? TYPE_WORDS[scope.resource] : RESOURCE_WORDS[scope.resource]) ?? (scope.resource === '*' ? 'All records' : spelledOut(scope.resource));

export function describe(scope: Scope): Description {
  if (scope.kind === 'word') {
    const [title, about] = WORD_WORDS[scope.text] ?? [scope.text, ''];
    return { title, about, changes: false };
  }
  if (scope.kind === 'operation') return { title: `${titleOf(scope)}: ${spelledOut(scope.operation.replace(/-/g, '_')).toLowerCase()}`, about: 'Can run this operation', changes: true };
  const changes = /[cud]/.test(scope.verbs);
  const title = scope.filter.length > 0 ? `${titleOf(scope)}: only ${lowerFirst(restriction(scope.filter))}` : titleOf(scope);
  return { title, about: actions(scope.verbs), changes };
}

/** The words of a sub-choice beneath its type. */
export const describePart = (scope: Scope): string => (scope.kind === 'resource' ? `Only ${lowerFirst(restriction(scope.filter))}` : describe(scope).title);

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
