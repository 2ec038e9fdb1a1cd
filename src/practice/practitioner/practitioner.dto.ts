import { Email, Numeric, Required, Text } from '../../standard';

/** What may be written of a practitioner; these names are also the filters of the list. */
export class PractitionerDto {
  @Required('First Name') @Text(2, 255, 'First Name') fname: string;
  @Required('Last Name') @Text(2, 255, 'Last Name') lname: string;
  @Required('NPI') @Numeric('NPI') @Text(10, 15, 'NPI') npi: string;
  @Numeric('Facility Id') facility_id?: number;
  @Email('Email') email?: string;
  @Text(0, 30) title?: string;
  @Text(0, 255) mname?: string;
  @Text(0, 255) federaltaxid?: string;
  @Text(0, 255) federaldrugid?: string;
  @Text(0, 255) upin?: string;
  @Text(0, 255) facility?: string;
  @Text(0, 255) specialty?: string;
  @Text(0, 255) billname?: string;
  @Text(0, 255) url?: string;
  @Text(0, 255) assistant?: string;
  @Text(0, 255) organization?: string;
  @Text(0, 255) valedictory?: string;
  @Text(0, 60) street?: string;
  @Text(0, 60) streetb?: string;
  @Text(0, 30) city?: string;
  @Text(0, 30) state?: string;
  @Text(0, 20) zip?: string;
  @Text(0, 30) phone?: string;
  @Text(0, 30) fax?: string;
  @Text(0, 30) phonew1?: string;
  @Text(0, 30) phonecell?: string;
  @Text(0, 65535) notes?: string;
  @Text(0, 25) state_license_number?: string;
  @Text(0, 255) username?: string;
}

/** Everything that is not checked may be cleared. */
export const MAY_BE_EMPTY = [
  'title', 'mname', 'federaltaxid', 'federaldrugid', 'upin', 'facility', 'specialty', 'billname', 'url', 'assistant', 'organization', 'valedictory',
  'street', 'streetb', 'city', 'state', 'zip', 'phone', 'fax', 'phonew1', 'phonecell', 'notes', 'state_license_number',
];
