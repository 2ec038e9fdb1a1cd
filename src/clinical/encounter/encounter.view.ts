import { DISCHARGE_DISPOSITION, ENCOUNTER_CLASS, VISIT_CATEGORY } from '#libs/terminology';
import { type Sql } from '../../database';
import { facilityKeys, locationIdOf } from '../../practice/facility';
import { practitionerKeys } from '../../practice/practitioner';
import { shownColumns } from '../../standard';
import { encounterColumns } from './encounter.columns';
import type { EncounterRow } from './encounter.entity';

export type EncounterView = Record<string, unknown>;

/** Encounters as the standard and the portal API show them, with the names of people and places. Three statements, however many rows. */
export async function encounterViews(sql: Sql, rows: readonly EncounterRow[]): Promise<EncounterView[]> {
  const numbers = (values: (number | null)[]) => values.filter((value): value is number => value !== null);
  const places = await facilityKeys(sql, 'id', numbers(rows.flatMap((row) => [row.facility_id, row.billing_facility])));
  const people = await practitionerKeys(sql, 'id', numbers(rows.flatMap((row) => [row.provider_id, row.referring_provider_id])));
  return rows.map((row) => {
    const [place, billing] = [places.get(row.facility_id ?? -1), places.get(row.billing_facility ?? -1)];
    const [provider, referrer] = [people.get(row.provider_id ?? -1), people.get(row.referring_provider_id ?? -1)];
    return {
      ...ownFields(row),
      facility_uuid: place?.uuid ?? row.facility_uuid,
      facility_name: place?.name ?? row.facility,
      facility_location_uuid: row.location_uuid,
      billing_facility_id: row.billing_facility,
      billing_facility_uuid: billing?.uuid ?? null,
      billing_facility_name: billing?.name ?? null,
      billing_location_uuid: locationIdOf(billing),
      provider_uuid: row.provider_uuid,
      provider_username: provider?.username ?? null,
      referrer_uuid: row.referrer_uuid,
      referrer_username: referrer?.username ?? null,
    };
  });
}

const COPIED = [
  'date', 'date_end', 'reason', 'onset_date', 'sensitivity', 'billing_note', 'pc_catid', 'last_level_billed', 'last_level_closed', 'last_stmt_date', 'stmt_count',
  'supervisor_id', 'invoice_refno', 'referral_source', 'billing_facility', 'external_id', 'last_update', 'pos_code', 'class_code', 'pid', 'facility_id', 'facility',
  'provider_id', 'referring_provider_id', 'ordering_provider_id', 'discharge_disposition', 'encounter_type_code', 'encounter_type_description', 'encounter',
] as const;

const SHOWN = Object.fromEntries(COPIED.map((name) => [name, encounterColumns[name]]));

/** `id`, `uuid` and `facility` are what releases up to 6 called these fields; older clients still read them. */
function ownFields(row: EncounterRow): EncounterView {
  return {
    eid: row.encounter,
    euuid: row.uuid,
    ...shownColumns(row, SHOWN),
    class_title: ENCOUNTER_CLASS[row.class_code ?? ''] ?? row.class_display,
    pc_catname: VISIT_CATEGORY[row.pc_catid ?? -1] ?? null,
    puuid: row.patient_uuid,
    discharge_disposition_text: DISCHARGE_DISPOSITION[row.discharge_disposition ?? ''] ?? null,
    id: row.encounter,
    uuid: row.uuid,
  };
}
