import type { SearchRequest, SortKey } from '#libs/fhir';
import type { Selection } from '../compile/selection';
import type { Scope } from '../compile/scope';
import type { Fragment } from '../sql/fragment';
import { inOrderOfColumn } from './order-by-column';
import { inOrderOfIndex, withoutIndexedValue } from './order-by-index';
import { inOrderOfKeys } from './order-by-key';
import { inOrderOfValues } from './order-by-values';
import type { Keys } from './keyset';
import { SORT_COLUMNS } from './sort-columns';

/** The way a page is put in order; a page link keeps to the one it began with. */
export type PageOrder = 'key' | 'column' | 'values' | 'index' | 'rest';

/** `merged`: several types in one order. */
export type Order = PageOrder | 'merged';

/** Where a page begins: behind these keys in this order. */
export interface Position {
  order: Order;
  keys: Keys;
}

/**
 * Sorting a few matches by their values is cheap, and so is reading an index in its order until the page is full;
 * which of the two applies depends on whether something narrows the search down first.
 */
export function orderOf({ sort }: SearchRequest, plan: () => Selection): PageOrder {
  const [first, ...more] = sort;
  if (!first) return 'key';
  if (more.length > 0) return 'values';
  if (SORT_COLUMNS.has(first.parameter.code)) return 'column';
  const found = plan();
  return !found.keys && !found.chart ? 'index' : 'values';
}

/** The statement for `limit` resources (alias r), in that order, behind `after`; `few`: no filter is broad. */
export function pageQuery(order: PageOrder, found: Selection, sort: readonly SortKey[], limit: number, after: Keys | undefined, few: boolean, scope: Scope): Fragment {
  switch (order) {
    case 'key': return inOrderOfKeys(found, limit, after);
    case 'column': return inOrderOfColumn(found, sort[0]!, limit, after);
    case 'values': return inOrderOfValues(found, sort, limit, after, few, scope);
    case 'index': return inOrderOfIndex(found, sort[0]!, limit, after);
    case 'rest': return withoutIndexedValue(found, sort[0]!, limit, after);
  }
}
