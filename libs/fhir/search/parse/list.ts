import { LOGICAL_ID } from '../../resource';
import type { Expression } from '../expression';
import { splitValue, unescapeValue } from './escape';
import { SEARCH_LIMITS } from './limits';
import { SearchSyntaxError } from './search-syntax-error';
import { knownParameter, parameterTest } from './test-values';

/**
 * `_list=42` (R4 §3.1.1.4.17): what that List, which the caller must be able to see, has as its items. It is the reverse
 * chain `_has:List:item:_id=42`, and is answered as one.
 */
export function listExpression(_type: string, value: string): Expression {
  const ids = splitValue(value, ',').map((one) => idOf(unescapeValue(one)));
  if (ids.length > SEARCH_LIMITS.alternatives) throw new SearchSyntaxError('_list', `“_list” takes at most ${SEARCH_LIMITS.alternatives} values.`, 'too-costly');
  return { op: 'has', type: 'List', parameter: knownParameter('List', 'item'), of: parameterTest(knownParameter('List', '_id'), ids.join(',')) };
}

function idOf(text: string): string {
  if (text.startsWith('$')) throw new SearchSyntaxError('_list', '“_list” takes ids of List resources; functional lists ($current-…) are not kept here.', 'not-supported');
  const id = text.startsWith('List/') ? text.slice('List/'.length) : text;
  if (!LOGICAL_ID.test(id)) throw new SearchSyntaxError('_list', '“_list” takes the id of a List.');
  return id;
}
