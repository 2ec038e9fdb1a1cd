import { Email, Required, SqlDate, SqlDateTime, Text } from '../../standard';
import { patientColumns } from './patient.columns';

/** What an integrator may send for a patient. Every other column of the record is taken too. */
export class PatientDto {
  @Required('First Name') @Text(1, 255, 'First Name') fname: string;
  @Required('Last Name') @Text(2, 255, 'Last Name') lname: string;
  /** `YYYY-MM-DD` */
  @Required('Date of Birth') @SqlDate('Date of Birth') DOB: string;
  /** Male, Female, UNK (list `sex`). */
  @Required('Gender') @Text(3, 30, 'Gender') sex: string;
  @Text(0, 255) title?: string;
  @Text(0, 255) mname?: string;
  @Text(0, 255) street?: string;
  @Text(0, 255) city?: string;
  @Text(0, 255) state?: string;
  @Text(0, 255) postal_code?: string;
  @Text(0, 255) country_code?: string;
  @Text(0, 255) phone_contact?: string;
  @Text(0, 255) phone_home?: string;
  @Text(0, 255) phone_biz?: string;
  @Text(0, 255) phone_cell?: string;
  @Text(0, 255) ss?: string;
  @Text(0, 255) race?: string;
  @Text(0, 255) ethnicity?: string;
  @SqlDateTime() deceased_date?: string;
  @SqlDateTime() financial_review?: string;
  @SqlDateTime() ad_reviewed?: string;
  @SqlDate() contrastart?: string;
  @Email('Email', 'email') email?: string;
  @Email('Trusted Email', 'email_direct') email_direct?: string;
}

/** Numbers and times that the server keeps. */
const SERVER_KEPT = new Set(['id', 'uuid', 'pid', 'date', 'regdate', 'last_updated', 'created_by', 'updated_by', 'dupscore', 'name_history']);

/** Columns taken from a body beyond the fields above. */
export const writableColumns: ReadonlySet<string> = new Set(Object.keys(patientColumns).filter((name) => !SERVER_KEPT.has(name)));
