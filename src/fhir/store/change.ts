import type { FhirResource } from '#libs/fhir';
import { SalusError } from '../../kernel';
import type { Current } from './current';

/** The version a caller takes a resource to be at (`If-Match`); `*`: any, but it must be there. */
export type VersionCondition = number | '*';

/** What a caller asks of the store. */
export type Change =
  /** `fresh`: the id has just been made up, nothing can be stored under it. */
  | { op: 'create'; type: string; id: string; resource: FhirResource; fresh?: boolean }
  /** Creates where nothing is stored under this id, unless `mustExist`; `mustBeNew`: only creates. */
  | { op: 'update'; type: string; id: string; resource: FhirResource; ifMatch?: VersionCondition; mustExist?: boolean; mustBeNew?: boolean }
  /** `edit` makes the new content of a copy of what is stored, which the caller is known to reach. It may be called again. */
  | { op: 'patch'; type: string; id: string; edit: (stored: FhirResource) => FhirResource; ifMatch?: VersionCondition }
  | { op: 'delete'; type: string; id: string; ifMatch?: VersionCondition };

/** One change of several is refused; `index` says which. */
export class RefusedChange extends SalusError {
  constructor(
    readonly index: number,
    { kind, message, problems, headers }: SalusError,
  ) {
    super(kind, message, problems, { headers });
  }
}

/** Which part of which domain row a resource is. */
export interface SourceRef {
  key: string;
  rowKey: string;
  part: string;
  /** Of the declaration that made it, so that a later one can tell what it has to render anew. */
  version: number;
}

/** One resource to be stored; no resource means: delete. */
export interface Item {
  type: string;
  id: string;
  resource?: FhirResource;
  current?: Current;
  source?: SourceRef;
}

export interface Written {
  type: string;
  id: string;
  version: number;
  lastUpdated: number;
  outcome: 'created' | 'updated' | 'unchanged' | 'deleted';
  /** Empty after a delete. */
  body: Buffer;
}

/** A live resource, as opposed to one deleted or only spoken of. */
export const isLive = (current: Current | undefined): current is Current & { deleted: false } => current !== undefined && !current.deleted;
