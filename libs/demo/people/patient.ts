import type { FhirResource } from '#libs/fhir';
import { addMonths, addYears, instantAt, type IsoDate } from '../calendar';
import { clinicSystem, hl7, systems, usCore } from '../codes/systems';
import { facilities } from '../practice/facilities';
import { practitioner } from '../practice/staff';
import { type Code, coding, compact, concept, snomed } from '../values';
import type { Address, Edition, Heritage, Person } from './person';

/** The Patient resource of a person. */
export function patientResource(person: Person, contact: object | undefined, asOf: IsoDate): FhirResource & { id: string } {
  return compact({
    resourceType: 'Patient',
    id: person.id,
    meta: { profile: profilesOf(person) },
    extension: identityExtensions(person),
    identifier: identifiersOf(person),
    active: true,
    name: namesOf(person),
    telecom: telecomOf(person),
    gender: person.gender,
    birthDate: person.birthDate,
    deceasedDateTime: person.deceased && instantAt(person.deceased, 290),
    address: addressesOf(person, asOf),
    maritalStatus: concept(hl7('v3-MaritalStatus'), person.married ? ['M', 'Married'] : ['S', 'Never Married']),
    contact: contact && [contact],
    communication: [{ language: { coding: [coding(systems.language, person.language)], text: person.language[1] }, preferred: true }],
    generalPractitioner: [practitioner(person.doctor)],
    managingOrganization: facilities.clinic.organization,
  });
}

/** Unversioned is the newest US Core; who follows earlier ones says which. */
function profilesOf({ edition }: Person): string[] {
  const profile = usCore('us-core-patient');
  if (edition === '8.0.0') return [profile];
  return edition === '6.1.0' ? [`${profile}|6.1.0`, `${profile}|7.0.0`] : [`${profile}|${edition}`];
}

function sexExtension(edition: Edition, sex: Code) {
  if (edition === '3.1.1') return undefined;
  return { url: usCore('us-core-sex'), ...(edition === '6.1.0' ? { valueCode: sex[0] } : { valueCoding: coding(systems.snomed, sex) }) };
}

function identityExtensions(person: Person) {
  const sexAtBirth: Code = person.sex === 'female' ? ['248152002', 'Female'] : ['248153007', 'Male'];
  return [
    heritage('us-core-race', person.race),
    heritage('us-core-ethnicity', person.ethnicity),
    person.tribe && {
      url: usCore('us-core-tribal-affiliation'),
      extension: [
        { url: 'tribalAffiliation', valueCodeableConcept: concept(hl7('v3-TribalEntityUS'), person.tribe) },
        { url: 'isEnrolled', valueBoolean: true },
      ],
    },
    sexExtension(person.edition, sexAtBirth),
    { url: usCore('us-core-birthsex'), valueCode: person.sex === 'female' ? 'F' : 'M' },
    { url: usCore('us-core-genderIdentity'), valueCodeableConcept: snomed(person.genderIdentity) },
    {
      url: usCore('us-core-interpreter-needed'),
      valueCoding: coding(systems.snomed, person.needsInterpreter ? ['373066001', 'Yes'] : ['373067005', 'No']),
    },
  ].filter((extension) => extension !== undefined);
}

function heritage(profile: string, { categories, detailed = [], text }: Heritage) {
  return {
    url: usCore(profile),
    extension: [
      ...categories.map((code) => ({ url: 'ombCategory', valueCoding: coding(systems.cdcRace, code) })),
      ...detailed.map((code) => ({ url: 'detailed', valueCoding: coding(systems.cdcRace, code) })),
      { url: 'text', valueString: text },
    ],
  };
}

function identifiersOf({ number, recordNumber }: Person) {
  return [
    {
      use: 'usual',
      type: concept(hl7('v2-0203'), ['MR', 'Medical record number']),
      system: clinicSystem('record-number'),
      value: recordNumber,
    },
    {
      use: 'official',
      type: concept(hl7('v2-0203'), ['PT', 'Patient external identifier']),
      system: clinicSystem('patient'),
      value: String(number),
    },
  ];
}

function namesOf({ given, family, suffix, formerFamily, nickname, birthDate }: Person) {
  const changed = addYears(birthDate, 1);
  return [
    {
      use: 'official',
      text: [...given, family, suffix].filter(Boolean).join(' '),
      family,
      given,
      suffix: suffix && [suffix],
      period: formerFamily ? { start: changed } : undefined,
    },
    formerFamily && { use: 'old', family: formerFamily, given, period: { start: birthDate, end: changed } },
    nickname && { use: 'nickname', given: [nickname] },
  ].filter(Boolean);
}

/** A phone nobody could name is told as unknown, rather than left out. */
function telecomOf({ phone, email }: Person) {
  const unknown = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };
  return [
    phone ? { system: 'phone', value: phone, use: 'home', rank: 1 } : { system: 'phone', _value: unknown, use: 'home' },
    phone && { system: 'phone', value: phone.replace('(928)', '(520)'), use: 'mobile' },
    email && { system: 'email', value: email, use: 'home' },
  ].filter(Boolean);
}

function addressesOf({ address, formerAddress, birthDate }: Person, asOf: IsoDate) {
  const threeYearsAgo = addMonths(asOf, -36);
  const moved = threeYearsAgo > birthDate ? threeYearsAgo : addMonths(birthDate, 3);
  if (moved > asOf) return [{ use: 'home', type: 'both', ...postal(address), period: { start: birthDate } }];
  return [
    { use: 'home', type: 'both', ...postal(address), period: { start: moved } },
    { use: 'old', type: 'both', ...postal(formerAddress), period: { start: birthDate, end: moved } },
  ];
}

export function postal({ line, ...place }: Address) {
  return { text: `${line}, ${place.city}, ${place.state} ${place.postalCode}`, line: [line], ...place, country: 'US' };
}
