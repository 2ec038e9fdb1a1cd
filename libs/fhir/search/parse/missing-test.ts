import type { Expression } from '../expression';
import type { SearchParameter } from '../search-parameters';
import { compositeMissing } from './composite-test';
import { hasTexts } from './modifiers-of';
import { SearchSyntaxError } from './search-syntax-error';

/** `:missing` (R4 §3.1.1.4.5). A concept that is only text is there all the same, though it is no token. */
export function missingTest(parameter: SearchParameter, value: string, refused = `“${parameter.code}:missing” takes true or false.`): Expression {
  if (value !== 'true' && value !== 'false') throw new SearchSyntaxError(parameter.code, refused);
  const missing = value === 'true';
  if (parameter.composite) return compositeMissing(parameter, missing);
  if (!hasTexts(parameter)) return { op: 'missing', parameter, missing };
  const present: Expression = { op: 'or', of: [{ op: 'missing', parameter, missing: false }, { op: 'missing', parameter, text: true, missing: false }] };
  return missing ? { op: 'not', of: present } : present;
}
