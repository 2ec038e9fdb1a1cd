import { Numeric, SqlDateTime, Text } from '../../standard';

/** Measures in US customary units (lb, inch, °F); percentages and rates as numbers. */
export class VitalDto {
  /** mm[Hg] */
  @Numeric() bps?: string;
  /** mm[Hg] */
  @Numeric() bpd?: string;
  /** lb */
  @Numeric() weight?: string;
  /** inch */
  @Numeric() height?: string;
  /** °F */
  @Numeric() temperature?: string;
  @Text(1, 255) temp_method?: string;
  /** /min */
  @Numeric() pulse?: string;
  /** /min */
  @Numeric() respiration?: string;
  @Text(1, 255) note?: string;
  /** kg/m2 */
  @Numeric() BMI?: string;
  @Text(1, 255) BMI_status?: string;
  /** inch */
  @Numeric() waist_circ?: string;
  /** inch */
  @Numeric() head_circ?: string;
  /** % */
  @Numeric() oxygen_saturation?: string;
  /** L/min */
  @Numeric() oxygen_flow_rate?: string;
  /** % */
  @Numeric() inhaled_oxygen_concentration?: string;
  /** percentile */
  @Numeric() ped_weight_height?: string;
  /** percentile */
  @Numeric() ped_bmi?: string;
  /** percentile */
  @Numeric() ped_head_circ?: string;
  @Text(1, 20) external_id?: string;
  @SqlDateTime() date?: string;
}
