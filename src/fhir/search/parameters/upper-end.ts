import { type Fragment, name, sql } from '../sql/fragment';

/**
 * The upper end of an interval on file. Within a chart it stands with a plus before it, so that no index of it is
 * entered: without statistics SQLite takes a range in one index for more telling than the chart itself, and would read
 * what the whole population has.
 */
export const upperEnd = (t: string, inChart: boolean): Fragment => (inChart ? sql`+${name(`${t}.hi`)}` : name(`${t}.hi`));
