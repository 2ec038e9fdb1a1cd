import { compact, dateColumn, dateTimeOf, type FhirResource, type FhirSource, reading } from '#libs/fhir';
import { genderOf, maritalCoding, maritalStatusOf, sexOf, SYSTEM, usCore } from '#libs/terminology';
import { addressOf, addressColumns } from './patient-address';
import { identifiersOf, identifierColumns } from './patient-identifiers';
import { identityColumns, identityExtensions } from './patient-identity';
import { namesOf, nameColumns } from './patient-names';
import { raceColumns, raceExtensions } from './patient-race';
import { telecomColumns, telecomOf } from './patient-telecom';
import type { PatientRow } from './patient.entity';

const { text, code, referenceId, list } = reading;

/** Patient ↔ patient_data. */
export const patientSource: FhirSource<PatientRow> = {
  key: 'patient',
  version: 2,
  types: ['Patient'],
  profiles: { Patient: [usCore('patient')] },
  toFhir: (row) => [{ part: '', resource: patientOf(row) }],
  fromFhir: (resource) => ({ part: '', columns: columnsOf(resource) }),
};

function patientOf(row: PatientRow): FhirResource {
  const marital = maritalCoding(row.status);
  return compact({
    resourceType: 'Patient',
    meta: { profile: [usCore('patient')] },
    extension: [...raceExtensions(row), ...identityExtensions(row)],
    identifier: identifiersOf(row),
    active: true,
    name: namesOf(row),
    telecom: telecomOf(row),
    gender: genderOf(row.sex),
    birthDate: row.DOB,
    deceasedDateTime: dateTimeOf(row.deceased_date),
    address: addressOf(row),
    maritalStatus: marital && { coding: [{ system: SYSTEM.maritalStatus, ...marital }] },
    communication: row.language ? [{ language: languageOf(row.language) }] : undefined,
    generalPractitioner: row.provider_uuid ? [{ reference: `Practitioner/${row.provider_uuid}` }] : undefined,
  }) as unknown as FhirResource;
}

function columnsOf(resource: FhirResource): Partial<PatientRow> {
  return {
    ...nameColumns(resource),
    ...identifierColumns(resource),
    ...telecomColumns(resource),
    ...addressColumns(resource),
    ...raceColumns(resource),
    ...identityColumns(resource),
    sex: sexOf(resource.gender),
    DOB: text(resource.birthDate),
    deceased_date: dateColumn(resource.deceasedDateTime),
    status: maritalStatusOf(code(resource.maritalStatus, SYSTEM.maritalStatus)),
    language: languageColumn(resource),
    // The number follows the reference; see patient.links.
    providerID: null,
    provider_uuid: list(resource.generalPractitioner).map((one) => referenceId(one, 'Practitioner')).find((id) => id !== null) ?? null,
  };
}

const BCP47 = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

const languageOf = (language: string) => (BCP47.test(language) ? { coding: [{ system: SYSTEM.bcp47, code: language }] } : { text: language });

function languageColumn(resource: FhirResource): string | null {
  const communications = list(resource.communication);
  const preferred = communications.find((one) => one.preferred === true) ?? communications[0];
  return code(preferred?.language, SYSTEM.bcp47) ?? text(reading.concept(preferred?.language).text);
}
