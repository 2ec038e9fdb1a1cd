import type { Heritage } from '../people/person';
import type { Code } from '../values';

export const hispanic: Heritage = {
  categories: [['2135-2', 'Hispanic or Latino']],
  detailed: [['2148-5', 'Mexican']],
  text: 'Hispanic or Latino',
};
export const notHispanic: Heritage = { categories: [['2186-5', 'Not Hispanic or Latino']], text: 'Not Hispanic or Latino' };

const white: Code = ['2106-3', 'White'];
const native: Code = ['1002-5', 'American Indian or Alaska Native'];
const asian: Code = ['2028-9', 'Asian'];

/** Shares roughly those of northern Arizona. */
export const races: readonly (readonly [weight: number, race: Heritage])[] = [
  [52, { categories: [white], text: 'White' }],
  [16, { categories: [native], detailed: [['1382-1', 'Navajo']], text: 'American Indian, Navajo' }],
  [10, { categories: [['2054-5', 'Black or African American']], text: 'Black or African American' }],
  [8, { categories: [asian], detailed: [['2036-2', 'Filipino']], text: 'Asian, Filipino' }],
  [4, { categories: [['2076-8', 'Native Hawaiian or Other Pacific Islander']], text: 'Native Hawaiian' }],
  [6, { categories: [white, native], text: 'White and American Indian' }],
  [4, { categories: [white, asian], text: 'White and Asian' }],
];

export const tribes = {
  navajo: ['170', 'Navajo Nation, Arizona, New Mexico & Utah'],
  hopi: ['104', 'Hopi Tribe of Arizona'],
} satisfies Record<string, Code>;

export const languages = {
  english: ['en-US', 'English (United States)'],
  spanish: ['es', 'Spanish'],
  navajo: ['nv', 'Navajo'],
  vietnamese: ['vi', 'Vietnamese'],
} satisfies Record<string, Code>;

export const genderIdentities = {
  female: ['446141000124107', 'Identifies as female gender'],
  male: ['446151000124109', 'Identifies as male gender'],
  nonBinary: ['33791000087105', 'Identifies as nonbinary gender'],
} satisfies Record<string, Code>;
