import { LOGICAL_ID, stringifyJson } from '#libs/fhir';
import { newUuid, uuidFrom } from '../../kernel';
import type { Entry } from './entry';

const URN_UUID = /^urn:uuid:([0-9a-f-]{36})$/i;

/**
 * The id a POSTed resource is stored under. Over HTTP the server gives a new one (R4 §3.1.0.8). An import keeps the
 * given id, or the UUID of `fullUrl`; without either it follows from the content, so that a second run meets it again.
 */
export function idFor({ resource, fullUrl }: Entry, keepIds: boolean): string {
  if (!keepIds) return newUuid();
  if (resource?.id !== undefined && LOGICAL_ID.test(resource.id)) return resource.id;
  return URN_UUID.exec(fullUrl ?? '')?.[1]?.toLowerCase() ?? uuidFrom('import', stringifyJson(resource));
}
