import { ENCOUNTER_CLASS } from '#libs/terminology';
import { Numeric, OneOf, Required, SqlDate, SqlDateTime, Text } from '../../standard';
import { encounterColumns } from './encounter.columns';

/** What may be sent for an encounter. Other columns of the record are taken too. */
export class EncounterDto {
  /** Category of the visit; 5 is an office visit. */
  @Required() @Numeric() pc_catid: string;
  /** AMB, EMER, IMP, VR … (list `_ActEncounterCode`). */
  @Required() @OneOf(Object.keys(ENCOUNTER_CLASS), 'Callback::INVALID_VALUE') class_code: string;
  @SqlDateTime() date?: string;
  @SqlDateTime() date_end?: string;
  @SqlDate() last_stmt_date?: string;
  @SqlDateTime() onset_date?: string;
  @Text(0, 65535) reason?: string;
  @Text(0, 255) facility?: string;
  @Numeric() facility_id?: number;
  @Numeric() billing_facility?: number;
  @Numeric() provider_id?: number;
  @Numeric() referring_provider_id?: number;
  @Numeric() pos_code?: number;
  @Text(0, 30) sensitivity?: string;
  @Text(0, 31) referral_source?: string;
  @Text(0, 20) external_id?: string;
}

/** PUT also says who changes the record. */
export class EncounterUpdateDto extends EncounterDto {
  @Required() @Text(1, 255) user: string;
  @Required() @Text(1, 255) group: string;
}

const SERVER_KEPT = new Set(['id', 'uuid', 'pid', 'encounter', 'last_update']);

export const writableColumns: ReadonlySet<string> = new Set(Object.keys(encounterColumns).filter((name) => !SERVER_KEPT.has(name)));
