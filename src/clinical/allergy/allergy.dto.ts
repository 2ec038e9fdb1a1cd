import { Required, SqlDate, Text } from '../../standard';

/** What may be sent for an allergy; anything else is dropped. */
export class AllergyDto {
  @Required() @Text(2, 255) title: string;
  /** `YYYY-MM-DD` */
  @SqlDate() begdate?: string;
  /** `YYYY-MM-DD`; empty: it goes on. */
  @SqlDate() enddate?: string;
  /** `RXNORM:7980;SNOMED-CT:91936005` */
  @Text(2, 255) diagnosis?: string;
  @Text(0, 65535) comments?: string;
}

/** Sent empty by clients that mean: none. */
export const MAY_BE_EMPTY = ['begdate', 'enddate', 'diagnosis', 'comments'];
