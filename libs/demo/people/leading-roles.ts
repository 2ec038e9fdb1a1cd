import { addDays, addMonths, addYears, type IsoDate } from '../calendar';
import { genderIdentities, hispanic, languages, notHispanic, tribes } from '../codes/heritage';
import { stableUuid } from '../identity';
import type { Person } from './person';

/** The portal demo patient's id does not depend on the seed: programs and documents name it. */
export const portalPatientId = stableUuid('patient', 'portal');
export const portalPatientEmail = 'heya@invalid.email.com';

const cedarMesa = { city: 'Cedar Mesa', district: 'Juniper County', state: 'AZ', postalCode: '86099' };

/** Patient 1, whose login the public documentation uses. */
export function portalPatient(cast: Person): Person {
  return {
    ...cast,
    id: portalPatientId,
    edition: '8.0.0',
    given: ['Phil'],
    family: 'Belford',
    suffix: undefined,
    formerFamily: undefined,
    sex: 'male',
    gender: 'male',
    genderIdentity: genderIdentities.male,
    birthDate: '1972-02-09',
    race: { categories: [['2106-3', 'White']], text: 'White' },
    ethnicity: notHispanic,
    tribe: undefined,
    language: languages.english,
    needsInterpreter: false,
    married: true,
    address: { line: '2222 Juniper Lane', ...cedarMesa },
    phone: '(928) 555-0172',
    email: portalPatientEmail,
  };
}

/** Patient 2: an adult woman whose record shows every US Core element that fits her. */
export function showcaseWoman(cast: Person, asOf: IsoDate): Person {
  return {
    ...cast,
    given: ['Nizhoni', 'Rose'],
    family: 'Whitehorse',
    formerFamily: 'Tsosie',
    nickname: 'Zoni',
    suffix: 'PhD',
    edition: '8.0.0',
    gender: 'female',
    genderIdentity: genderIdentities.female,
    birthDate: addDays(addYears(asOf, -34), -140),
    race: {
      categories: [['1002-5', 'American Indian or Alaska Native']],
      detailed: [['1382-1', 'Navajo']],
      text: 'American Indian, Navajo',
    },
    ethnicity: notHispanic,
    tribe: tribes.navajo,
    language: languages.navajo,
    needsInterpreter: true,
    married: true,
    address: { line: '418 Painted Rock Avenue', ...cedarMesa },
    phone: '(928) 555-0134',
    email: 'nizhoni.whitehorse@mail.example',
  };
}

/** Patient 3: a child old enough for a body-mass percentile, young enough for a head circumference. */
export function showcaseChild(cast: Person, asOf: IsoDate): Person {
  return {
    ...cast,
    edition: '8.0.0',
    given: ['Mateo', 'Benicio'],
    family: 'Castellanos',
    formerFamily: 'Montoya',
    nickname: 'Teo',
    suffix: 'III',
    sex: 'male',
    gender: 'male',
    genderIdentity: genderIdentities.male,
    birthDate: addDays(addMonths(asOf, -33), -9),
    race: {
      categories: [
        ['2106-3', 'White'],
        ['1002-5', 'American Indian or Alaska Native'],
      ],
      detailed: [['1382-1', 'Navajo']],
      text: 'White and American Indian',
    },
    ethnicity: hispanic,
    tribe: tribes.hopi,
    language: languages.spanish,
    needsInterpreter: true,
    married: false,
    address: { line: '77 Ocotillo Way', ...cedarMesa },
    phone: '(928) 555-0147',
    email: 'castellanos.family@mail.example',
  };
}

/** Patient 4: as complete as patient 2, for programs that follow US Core 6.1.0 or 7.0.0. */
export function earlierWoman(cast: Person, asOf: IsoDate): Person {
  return {
    ...showcaseWoman(cast, asOf),
    given: ['Dezba', 'Marie'],
    family: 'Begaye',
    formerFamily: 'Yazzie',
    nickname: 'Dez',
    suffix: 'MPH',
    edition: '6.1.0',
    birthDate: addDays(addYears(asOf, -31), -77),
    address: { line: '1530 Red Mesa Road', ...cedarMesa },
    phone: '(928) 555-0156',
    email: 'dezba.begaye@mail.example',
  };
}

/** Patient 5: as complete as patient 3, for the same programs. */
export function earlierChild(cast: Person, asOf: IsoDate): Person {
  return {
    ...showcaseChild(cast, asOf),
    given: ['Adriel', 'Tomas'],
    family: 'Sandoval',
    formerFamily: 'Ibarra',
    nickname: 'Adi',
    suffix: 'Jr.',
    edition: '6.1.0',
    birthDate: addDays(addMonths(asOf, -32), -20),
    address: { line: '905 Sagebrush Court', ...cedarMesa },
    phone: '(928) 555-0163',
    email: 'sandoval.family@mail.example',
  };
}

/** Patient 6: as complete as patient 2, for programs that follow US Core 3.1.1. */
export function firstWoman(cast: Person, asOf: IsoDate): Person {
  return {
    ...showcaseWoman(cast, asOf),
    edition: '3.1.1',
    given: ['Shandiin', 'Joy'],
    family: 'Nez',
    formerFamily: 'Benally',
    nickname: 'Shan',
    suffix: 'CPA',
    birthDate: addDays(addYears(asOf, -36), -203),
    address: { line: '64 Cottonwood Loop', ...cedarMesa },
    phone: '(928) 555-0168',
    email: 'shandiin.nez@mail.example',
  };
}

/** Patient 7: as complete as patient 3, for the same programs. */
export function firstChild(cast: Person, asOf: IsoDate): Person {
  return {
    ...showcaseChild(cast, asOf),
    edition: '3.1.1',
    given: ['Elias', 'Ruben'],
    family: 'Montano',
    formerFamily: 'Quintana',
    nickname: 'Eli',
    suffix: 'II',
    birthDate: addDays(addMonths(asOf, -31), -4),
    address: { line: '2310 Mesquite Street', ...cedarMesa },
    phone: '(928) 555-0175',
    email: 'montano.family@mail.example',
  };
}
