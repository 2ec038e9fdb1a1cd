import type { Tx } from '../../database';
import { facilityKeys, locationIdOf } from '../../practice/facility';
import { type PractitionerKey, practitionerKeys } from '../../practice/practitioner';
import type { EncounterRow } from './encounter.entity';

/**
 * A row names people and places twice: by number for the standard API, by logical id for FHIR.
 * Whoever wrote one of the two has emptied the other; it is filled here. What is not known stays empty.
 */
export async function linkPeopleAndPlaces(tx: Tx, rows: readonly EncounterRow[]): Promise<void> {
  const byUuid = await practitionerKeys(tx, 'uuid', rows.flatMap((row) => [row.provider_uuid, row.referrer_uuid]).filter(isText));
  const byId = await practitionerKeys(tx, 'id', rows.flatMap((row) => [row.provider_id, row.referring_provider_id]).filter(isNumber));
  for (const row of rows) {
    [row.provider_id, row.provider_uuid] = both(row.provider_id, row.provider_uuid, byId, byUuid);
    [row.referring_provider_id, row.referrer_uuid] = both(row.referring_provider_id, row.referrer_uuid, byId, byUuid);
  }
  await linkFacilities(tx, rows);
}

type Keys = Map<string | number, PractitionerKey>;

function both(id: number | null, uuid: string | null, byId: Keys, byUuid: Keys): [number | null, string | null] {
  if (id !== null && uuid === null) return [id, byId.get(id)?.uuid ?? null];
  if (id === null && uuid !== null) return [byUuid.get(uuid)?.id ?? null, uuid];
  return [id, uuid];
}

async function linkFacilities(tx: Tx, rows: readonly EncounterRow[]): Promise<void> {
  const byUuid = await facilityKeys(tx, 'uuid', rows.map((row) => row.facility_uuid).filter(isText));
  const byId = await facilityKeys(tx, 'id', rows.map((row) => row.facility_id).filter(isNumber));
  for (const row of rows) {
    const known = row.facility_id === null ? byUuid.get(row.facility_uuid ?? '') : byId.get(row.facility_id);
    if (row.facility_id !== null && row.facility_uuid === null) {
      row.facility_uuid = known?.uuid ?? null;
      row.location_uuid = locationIdOf(known);
    }
    row.facility_id ??= known?.id ?? null;
    row.facility = known?.name ?? row.facility;
  }
}

const isText = (value: string | null): value is string => value !== null;
const isNumber = (value: number | null): value is number => value !== null;
