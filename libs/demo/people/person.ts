import type { IsoDate } from '../calendar';
import type { StaffKey } from '../practice/staff';
import type { Code } from '../values';

export type Sex = 'female' | 'male';

/**
 * The oldest version of US Core that a chart follows up to the next of these. Where versions contradict each other one
 * chart can follow one side only: sex is a code from 6.1.0 on and a coding from 8.0.0 on, and until 6.1.0 neither roles
 * nor relatives are on care teams.
 */
export type Edition = '3.1.1' | '6.1.0' | '8.0.0';

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
  edition: Edition;
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
