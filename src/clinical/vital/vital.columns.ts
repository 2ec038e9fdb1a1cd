import type { TableDefinition } from '../../database';

/** The columns of `form_vitals`. */
export const vitalColumns = {
  id: 'bigint!',
  uuid: 'string(64)!',
  date: 'string(19)',
  pid: 'bigint!',
  user: 'string(255)',
  groupname: 'string(255)',
  authorized: 'int',
  activity: 'int',
  bps: 'string(40)',
  bpd: 'string(40)',
  weight: 'decimal(12,6)',
  height: 'decimal(12,6)',
  temperature: 'decimal(12,6)',
  temp_method: 'string(255)',
  pulse: 'decimal(12,6)',
  respiration: 'decimal(12,6)',
  note: 'string(255)',
  BMI: 'decimal(12,6)',
  BMI_status: 'string(255)',
  waist_circ: 'decimal(12,6)',
  head_circ: 'decimal(12,6)',
  oxygen_saturation: 'decimal(12,6)',
  oxygen_flow_rate: 'decimal(12,6)',
  external_id: 'string(20)',
  ped_weight_height: 'decimal(12,6)',
  ped_bmi: 'decimal(12,6)',
  ped_head_circ: 'decimal(12,6)',
  inhaled_oxygen_concentration: 'decimal(12,6)',
  last_updated: 'string(19)',
} as const satisfies TableDefinition['columns'];

/** Columns of our own, never shown. */
export const hiddenColumns = {
  patient_uuid: 'string(64)!',
  encounter_uuid: 'string(64)!',
  encounter: 'bigint!',
  form_id: 'bigint!',
  date_created: 'string(19)',
  performer_uuid: 'string(64)',
} as const satisfies TableDefinition['columns'];
