import { Email, Numeric, Required, Text, Url } from '../../standard';

/** What may be written of a facility; these names are also the filters of the list. */
export class FacilityDto {
  @Required() @Text(2, 255) name: string;
  @Required() @Numeric() @Text(10, 15) facility_npi: string;
  @Text(3, 30) phone?: string;
  @Text(3, 30) fax?: string;
  @Text(2, 255) street?: string;
  @Text(2, 255) city?: string;
  @Text(2, 50) state?: string;
  @Text(2, 11) postal_code?: string;
  @Text(2, 30) country_code?: string;
  @Text(2, 15) federal_ein?: string;
  @Url() website?: string;
  @Email() email?: string;
  @Numeric() @Text(2, 60) domain_identifier?: string;
  @Text(2, 15) facility_taxonomy?: string;
  @Text(2, 31) facility_code?: string;
  @Numeric() billing_location?: number;
  @Numeric() accepts_assignment?: number;
  @Text(0, 255) oid?: string;
  @Numeric() service_location?: number;
}

/** Old clients send these empty. */
export const MAY_BE_EMPTY = ['domain_identifier', 'facility_taxonomy', 'facility_code', 'oid'];
