import type { IsoDate } from '../calendar';
import type { StaffKey } from '../practice/staff';
import type { Code } from '../values';

export type Sex = 'female' | 'male';

export interface Address {
  line: string;
  city: string;
  district: string;
  state: string;
  postalCode: string;
}

/** Who a patient is, before anything clinical is told. */
export interface Person {
  /** 1 for the portal demo patient, 2, 3 … for the others. */
  number: number;
  id: string;
  recordNumber: string;
  given: readonly string[];
  family: string;
  suffix?: string;
  formerFamily?: string;
  nickname?: string;
  sex: Sex;
  /** US Core changed the data type of its sex extension with 8.0.0; a Patient can follow one side only. */
  sexAs?: 'code' | 'coding';
  gender: 'female' | 'male' | 'other' | 'unknown';
  genderIdentity: Code;
  birthDate: IsoDate;
  deceased?: IsoDate;
  race: Heritage;
  ethnicity: Heritage;
  tribe?: Code;
  language: Code;
  needsInterpreter: boolean;
  married: boolean;
  address: Address;
  formerAddress: Address;
  phone?: string;
  email?: string;
  doctor: StaffKey;
}

/** Race or ethnicity as the OMB counts it, with the detail people name themselves by. */
export interface Heritage {
  categories: readonly Code[];
  detailed?: readonly Code[];
  text: string;
}
