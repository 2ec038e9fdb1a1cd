import { Required, SqlDate, Text } from '../../standard';

/** What may be sent for a medical problem; anything else is dropped. */
export class MedicalProblemDto {
  @Required() @Text(2, 255) title: string;
  /** `YYYY-MM-DD` */
  @Required() @SqlDate() begdate: string;
  /** `YYYY-MM-DD`; empty: it goes on. */
  @SqlDate() enddate?: string;
  /** `ICD10:E11.9;SNOMED-CT:44054006` */
  @Text(2, 255) diagnosis?: string;
}

/** Sent empty by clients that mean: none. */
export const MAY_BE_EMPTY = ['enddate', 'diagnosis'];
