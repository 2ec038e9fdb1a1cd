import type { Tx } from '../../database';
import { facilityKeys, locationIdOf } from '../../practice/facility';
import { linkPractitioners } from '../../practice/practitioner';
import type { EncounterRow } from './encounter.entity';

/** A row names people and places twice. Whoever wrote one of the two has emptied the other; it is filled here. */
export async function linkPeopleAndPlaces(tx: Tx, rows: readonly EncounterRow[]): Promise<void> {
  const providers = rows.map((row) => ({ id: row.provider_id, uuid: row.provider_uuid }));
  const referrers = rows.map((row) => ({ id: row.referring_provider_id, uuid: row.referrer_uuid }));
  const people = await linkPractitioners(tx, [...providers, ...referrers]);
  for (const [index, row] of rows.entries()) {
    ({ id: row.provider_id, uuid: row.provider_uuid } = people[index]!);
    ({ id: row.referring_provider_id, uuid: row.referrer_uuid } = people[rows.length + index]!);
  }
  await linkFacilities(tx, rows);
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
