import { dateInterval } from '../date-interval';
import type { DateValue } from '../expression';
import { splitPrefix } from './prefix';
import { SearchSyntaxError } from './search-syntax-error';

/** R4 §3.1.1.4.7: a date with an optional comparator; what is left out makes the interval wider. Without zone: UTC. */
export function parseDateValue(name: string, text: string): DateValue {
  const [prefix, date] = splitPrefix(text);
  // The “+” of a zone that was not percent-encoded arrives as a space.
  const interval = dateInterval(date.replace(' ', '+'));
  if (!interval) throw new SearchSyntaxError(name, `“${name}” takes a date such as 2024, 2024-05, 2024-05-31 or 2024-05-31T10:00:00Z, with an optional prefix (ge, lt …).`);
  return { prefix, ...interval };
}
