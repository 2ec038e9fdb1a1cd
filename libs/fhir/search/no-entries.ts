import type { IndexEntries } from './index-entries';

/** What a resource without anything to search contributes. */
export const noEntries = (): IndexEntries => ({ token: [], string: [], date: [], reference: [], quantity: [], uri: [], composite: [], position: [], text: [] });
