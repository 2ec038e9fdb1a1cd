import { type Access, contextOrNone } from '../../kernel';

/** Who made a version, as history keeps it. */
export interface Author {
  /** `Practitioner/…`, `Patient/…`, or `client/…` and `internal/…` where no person acted. */
  author: string;
  authorName: string;
  client: string | null;
  reason: string | null;
  requestId: string | null;
}

export function authorOf(access: Access, reason: string | null = null): Author {
  const { actor } = access;
  return {
    author: actor.fhirUser ?? `${actor.kind}/${actor.id}`,
    authorName: actor.name,
    client: actor.clientId ?? null,
    reason,
    requestId: contextOrNone()?.requestId ?? null,
  };
}
