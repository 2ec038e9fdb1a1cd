import type { FhirResource } from '#libs/fhir';
import type { Current } from './current';

/** What a caller asks of the store. */
export type Change =
  | { op: 'create'; type: string; id: string; resource: FhirResource }
  /** Creates where nothing is stored under this id, unless `mustExist`. */
  | { op: 'update'; type: string; id: string; resource: FhirResource; ifMatch?: number; mustExist?: boolean }
  | { op: 'delete'; type: string; id: string; ifMatch?: number };

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
