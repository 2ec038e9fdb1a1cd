import { addDays, addYears, type IsoDate, workday } from '../calendar';
import { genderIdentities, hispanic, languages, notHispanic, races, tribes } from '../codes/heritage';
import { familyNames, givenNames, streets, towns } from '../codes/names';
import { stableUuid } from '../identity';
import type { Random } from '../random';
import type { Role } from '../stories/story';
import type { Address, Heritage, Person, Sex } from './person';

export interface CastingCall {
  number: number;
  id: string;
  role: Role;
  asOf: IsoDate;
  random: Random;
}

/** Invents a person who fits the story's role. Draws in a fixed order, so the same seed invents the same person. */
export function castPerson({ number, id, role, asOf, random }: CastingCall): Person {
  const sex: Sex = role.sex ?? random.pick(['female', 'male'] as const);
  const birthDate = birthDateFor(role, asOf, random);
  const adult = role.ages[0] >= 18;
  const married = adult && random.chance(0.55);
  const identity = random.chance(0.06) && adult ? 'nonBinary' : sex;
  return {
    number,
    id,
    recordNumber: `CM-${String(100000 + number)}`,
    given: [random.pick(givenNames[sex]), random.pick(givenNames[sex]).slice(0, 1)],
    family: random.pick(familyNames),
    suffix: sex === 'male' && random.chance(0.08) ? 'Jr.' : undefined,
    formerFamily: married && sex === 'female' ? random.pick(familyNames) : undefined,
    sex,
    edition: followsEarlier(number) ? '6.1.0' : '8.0.0',
    gender: identity === 'nonBinary' ? 'other' : sex,
    genderIdentity: genderIdentities[identity],
    birthDate,
    deceased: role.dies ? workday(addDays(asOf, -random.integer(40, 300))) : undefined,
    ...heritageOf(random),
    married,
    ...reachability(random, number),
    doctor: role.doctor,
  };
}

/** A third was registered by programs that follow US Core 6.1.0 or 7.0.0. */
export const followsEarlier = (number: number): boolean => number % 3 === 2;

function birthDateFor(role: Role, asOf: IsoDate, random: Random): IsoDate {
  const [youngest, oldest] = role.ages;
  return addDays(addYears(asOf, -random.integer(youngest, oldest)), -random.integer(1, 364));
}

function heritageOf(random: Random): Pick<Person, 'race' | 'ethnicity' | 'tribe' | 'language' | 'needsInterpreter'> {
  const race: Heritage = random.pickWeighted(races);
  const navajo = race.text.endsWith('Navajo');
  const latino = !navajo && random.chance(0.3);
  const language = random.pickWeighted([
    [75, languages.english],
    [latino ? 40 : 0, languages.spanish],
    [navajo ? 30 : 0, languages.navajo],
    [race.text.startsWith('Asian') ? 20 : 0, languages.vietnamese],
  ]);
  return {
    race,
    ethnicity: latino ? hispanic : notHispanic,
    tribe: navajo ? random.pick([tribes.navajo, tribes.hopi]) : undefined,
    language,
    needsInterpreter: language !== languages.english && random.chance(0.6),
  };
}

/** Phone numbers are of the 555-01xx block, mail of a reserved domain: neither reaches anyone. Some leave none. */
function reachability(random: Random, number: number): Pick<Person, 'address' | 'formerAddress' | 'phone' | 'email'> {
  const unknownPhone = number % 9 === 0;
  return {
    address: inventAddress(random),
    formerAddress: inventAddress(random),
    phone: unknownPhone ? undefined : `(928) 555-01${String(random.integer(0, 99)).padStart(2, '0')}`,
    email: random.chance(0.8) ? `patient${number}@mail.example` : undefined,
  };
}

export function inventAddress(random: Random): Address {
  return { line: `${random.integer(100, 9899)} ${random.pick(streets)}`, ...random.pick(towns) };
}

/** Another seed is another clinic: its patients get other ids and never mix with those of this one. */
export function patientIdOf(seed: number, number: number): string {
  return stableUuid('patient', seed, number);
}
