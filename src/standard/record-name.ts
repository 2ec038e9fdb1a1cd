import { isUuid } from '../kernel';

/** What the audit calls the record a path asks for: by its id where that is one. A path may hold anything, also a name. */
export const recordName = (kind: string, id: string): string => (isUuid(id) || /^\d{1,15}$/.test(id) ? `${kind}/${id}` : kind);
