import type { VitalRow } from './vital.entity';

/** A column that holds one measured number, and the unit it is kept in. */
export interface Measured {
  column: keyof VitalRow & ('bps' | 'bpd' | 'weight' | 'height' | 'temperature' | 'pulse' | 'respiration' | 'BMI' | 'waist_circ' | 'head_circ'
    | 'oxygen_saturation' | 'oxygen_flow_rate' | 'inhaled_oxygen_concentration' | 'ped_weight_height' | 'ped_bmi' | 'ped_head_circ');
  code: string;
  display: string;
  unit: string;
  ucum: string;
}

/** One Observation of a vitals row. A panel has components instead of a value, pulse oximetry has both. */
export interface Measure {
  /** LOINC code; names the part of the row. */
  code: string;
  display: string;
  /** Further LOINC codes that mean the same. */
  also?: readonly { code: string; display: string }[];
  profile: string;
  value?: Measured;
  components?: readonly Measured[];
}

const m = (column: Measured['column'], code: string, display: string, unit: string, ucum: string): Measured => ({ column, code, display, unit, ucum });

const single = (measured: Measured, profile: string, also?: Measure['also']): Measure => ({ code: measured.code, display: measured.display, profile, value: measured, ...(also && { also }) });

/** Which column is which Observation (LOINC). */
export const MEASURES: readonly Measure[] = [
  {
    code: '85354-9', display: 'Blood pressure panel with all children optional', profile: 'blood-pressure',
    components: [m('bps', '8480-6', 'Systolic blood pressure', 'mmHg', 'mm[Hg]'), m('bpd', '8462-4', 'Diastolic blood pressure', 'mmHg', 'mm[Hg]')],
  },
  single(m('weight', '29463-7', 'Body weight', 'lb', '[lb_av]'), 'body-weight'),
  single(m('height', '8302-2', 'Body height', 'in', '[in_i]'), 'body-height'),
  single(m('temperature', '8310-5', 'Body temperature', 'degF', '[degF]'), 'body-temperature'),
  single(m('pulse', '8867-4', 'Heart rate', '/min', '/min'), 'heart-rate'),
  single(m('respiration', '9279-1', 'Respiratory rate', '/min', '/min'), 'respiratory-rate'),
  single(m('BMI', '39156-5', 'Body mass index (BMI) [Ratio]', 'kg/m2', 'kg/m2'), 'bmi'),
  single(m('head_circ', '9843-4', 'Head Occipital-frontal circumference', 'in', '[in_i]'), 'head-circumference'),
  single(m('waist_circ', '8280-0', 'Waist Circumference at umbilicus by Tape measure', 'in', '[in_i]'), 'vital-signs'),
  {
    ...single(m('oxygen_saturation', '59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry', '%', '%'), 'pulse-oximetry', [
      { code: '2708-6', display: 'Oxygen saturation in Arterial blood' },
    ]),
    components: [m('oxygen_flow_rate', '3151-8', 'Inhaled oxygen flow rate', 'L/min', 'L/min'), m('inhaled_oxygen_concentration', '3150-0', 'Inhaled oxygen concentration', '%', '%')],
  },
  single(m('ped_weight_height', '77606-2', 'Weight-for-length Per age and sex', '%', '%'), 'pediatric-weight-for-height'),
  single(m('ped_bmi', '59576-9', 'Body mass index (BMI) [Percentile] Per age and sex', '%', '%'), 'pediatric-bmi-for-age'),
  single(m('ped_head_circ', '8289-1', 'Head Occipital-frontal circumference Percentile', '%', '%'), 'head-occipital-frontal-circumference-percentile'),
];

export const measureOf = (code: string): Measure | undefined => MEASURES.find((measure) => measure.code === code || measure.also?.some((one) => one.code === code));

/** The columns that one Observation stands for. */
export const columnsOfMeasure = (measure: Measure): Measured[] => [...(measure.value ? [measure.value] : []), ...(measure.components ?? [])];

export const MEASURED: readonly Measured[] = MEASURES.flatMap(columnsOfMeasure);
