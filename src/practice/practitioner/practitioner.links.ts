import type { Sql } from '../../database';
import { practitionerKeys } from './practitioner.repository';

/** A person as rows name them twice: by number for the standard API, by logical id for FHIR. */
export interface PersonLink {
  id: number | null;
  uuid: string | null;
}

/** Fills the empty half of each link, in at most two statements. Who is not known here stays half known. */
export async function linkPractitioners(sql: Sql, links: readonly PersonLink[]): Promise<PersonLink[]> {
  const byUuid = await practitionerKeys(sql, 'uuid', links.flatMap(({ id, uuid }) => (id === null && uuid !== null ? [uuid] : [])));
  const byId = await practitionerKeys(sql, 'id', links.flatMap(({ id, uuid }) => (id !== null && uuid === null ? [id] : [])));
  return links.map(({ id, uuid }) => ({ id: id ?? byUuid.get(uuid ?? '')?.id ?? null, uuid: uuid ?? byId.get(id ?? '')?.uuid ?? null }));
}
