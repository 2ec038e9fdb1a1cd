/** Sort parameters that are columns of the resource, never empty and indexed by type. */
export const SORT_COLUMNS: ReadonlyMap<string, string> = new Map([['_id', 'fhir_id'], ['_lastUpdated', 'last_updated']]);
