/** The standard API's envelope: always these four keys, in this order. */
export interface Envelope<T> {
  validationErrors: never[];
  internalErrors: never[];
  data: T;
  links: Record<string, string> | never[];
}

/** One record; nothing found is an empty array, as the API's clients expect. */
export const single = <T>(data: T | undefined): Envelope<T | never[]> => ({ validationErrors: [], internalErrors: [], data: data ?? [], links: [] });

/** The same around a record that is JSON already. */
export const singleJson = (record: string): string => `{"validationErrors":[],"internalErrors":[],"data":${record},"links":[]}`;

export const many = <T>(data: T[], links: Record<string, string>): Envelope<T[]> => ({ validationErrors: [], internalErrors: [], data, links });

export interface Page {
  /** 0: no limit was asked for; the store's own bound applies. */
  limit: number;
  offset: number;
}

const first = (query: Record<string, unknown>): [string, string][] =>
  Object.entries(query).flatMap(([name, value]) => (name === '_offset' || name === '_limit' || name === '_count' || name === '_maxresults' ? [] : [[name, String(value)] as [string, string]]));

/** `first` always; `previous` and `next` where there is something. Addresses carry the query they came from. */
export function pageLinks(url: string, query: Record<string, unknown>, page: Page, more: boolean): Record<string, string> {
  const link = (offset: number) => `${url}?${new URLSearchParams([...first(query), ['_offset', String(offset)], ['_count', String(page.limit)]])}`;
  return {
    first: link(0),
    ...(page.offset > 0 && { previous: link(Math.max(0, page.offset - page.limit)) }),
    ...(more && page.limit > 0 && { next: link(page.offset + page.limit) }),
  };
}
