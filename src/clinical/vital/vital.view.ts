import type { EncounterKey } from '../encounter';
import { shownColumns } from '../../standard';
import { vitalTable, type VitalRow } from './vital.entity';
import { MEASURED } from './vital.measures';

/** Units as the standard API words them. */
const UNIT: Record<string, string> = { '[lb_av]': 'lb', '[in_i]': 'in', '[degF]': 'degF', '/min': '/min', 'mm[Hg]': 'mm[Hg]', 'kg/m2': 'kg/m2', '%': '%', 'L/min': 'L/min' };

const DECIMALS = MEASURED.map(({ column }) => column).filter((column) => column !== 'bps' && column !== 'bpd');

const OTHERS = ['id', 'form_id', 'uuid', 'date', 'external_id', 'note', 'bps', 'bpd', 'temp_method', 'BMI_status', 'last_updated', 'date_created'] as const;

const SHOWN = Object.fromEntries(OTHERS.map((name) => [name, vitalTable.columns[name]!]));

const units = Object.fromEntries(MEASURED.map(({ column, ucum }) => [`${column}_unit`, UNIT[ucum]]));

/** DECIMAL(12,6), always at full scale, whichever database it comes from. */
const decimal = (value: string | number | null): string | null => (value === null ? null : Number(value).toFixed(6));

/** A row as the vital routes show it, units beside the numbers. */
export function vitalView(row: VitalRow, encounter: EncounterKey, performer: { npi: string | null } | undefined): Record<string, unknown> {
  return {
    pid: row.pid,
    puuid: encounter.patient_uuid,
    eid: row.encounter,
    euuid: encounter.uuid,
    user_uuid: row.performer_uuid,
    user_npi: performer?.npi ?? null,
    ...shownColumns(row, SHOWN),
    ...Object.fromEntries(DECIMALS.map((name) => [name, decimal(row[name])])),
    ...units,
  };
}
