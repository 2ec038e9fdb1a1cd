import { compact, dateColumn, dateTimeOf, type FhirResource, type FhirSource, reading } from '#libs/fhir';
import { DISCHARGE_DISPOSITION, ENCOUNTER_CLASS, SYSTEM, usCore } from '#libs/terminology';
import type { EncounterRow } from './encounter.entity';

const { text, list, element, code, codings, referenceId } = reading;

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
/** What a visit is when nobody said more. */
const CHECK_UP = { system: SYSTEM.snomed, code: '185349003', display: 'Encounter for check up (procedure)' };

/** Encounter ↔ form_encounter. */
export const encounterSource: FhirSource<EncounterRow> = {
  key: 'encounter',
  version: 2,
  types: ['Encounter'],
  profiles: { Encounter: [usCore('encounter')] },
  toFhir: (row) => [{ part: '', resource: encounterOf(row) }],
  fromFhir: (resource) => {
    const patient = referenceId(resource.subject, 'Patient');
    return patient === null ? undefined : { part: '', columns: columnsOf(resource, patient) };
  },
};

function encounterOf(row: EncounterRow): FhirResource {
  return compact({
    resourceType: 'Encounter',
    meta: { profile: [usCore('encounter')], security: row.sensitivity === 'high' ? [{ system: CONFIDENTIALITY, code: 'R' }] : undefined },
    identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${row.uuid}` }],
    status: row.status ?? 'finished',
    class: { system: SYSTEM.actCode, code: row.class_code ?? 'AMB', display: row.class_display ?? ENCOUNTER_CLASS[row.class_code ?? 'AMB'] },
    type: [typeOf(row)],
    subject: { reference: `Patient/${row.patient_uuid}` },
    participant: [participant('PPRF', 'primary performer', row.provider_uuid), participant('REF', 'referrer', row.referrer_uuid)],
    period: { start: dateTimeOf(row.date), end: dateTimeOf(row.date_end) },
    reasonCode: row.reason ? [{ text: row.reason }] : undefined,
    hospitalization: { dischargeDisposition: dispositionOf(row.discharge_disposition) },
    location: row.location_uuid ? [{ location: { reference: `Location/${row.location_uuid}` } }] : undefined,
    serviceProvider: row.facility_uuid ? { reference: `Organization/${row.facility_uuid}` } : undefined,
  }) as unknown as FhirResource;
}

const typeOf = (row: EncounterRow): unknown =>
  row.encounter_type_code ? { coding: [{ system: SYSTEM.snomed, code: row.encounter_type_code }], text: row.encounter_type_description } : { coding: [CHECK_UP] };

const participant = (type: string, display: string, uuid: string | null): unknown =>
  uuid ? { type: [{ coding: [{ system: SYSTEM.participationType, code: type, display }] }], individual: { reference: `Practitioner/${uuid}` } } : undefined;

const dispositionOf = (disposition: string | null): unknown =>
  disposition ? { coding: [{ system: SYSTEM.dischargeDisposition, code: disposition, display: DISCHARGE_DISPOSITION[disposition] }] } : undefined;

function columnsOf(resource: FhirResource, patient: string): Partial<EncounterRow> {
  const period = element(resource.period);
  const klass = element(resource.class);
  const type = list(resource.type)[0];
  return {
    patient_uuid: patient,
    status: text(resource.status),
    class_code: text(klass.code)?.slice(0, 10) ?? null,
    class_display: text(klass.display)?.slice(0, 190) ?? null,
    encounter_type_code: code(type, SYSTEM.snomed)?.slice(0, 31) ?? null,
    encounter_type_description: text(element(type).text) ?? codings(type)[0]?.display ?? null,
    date: dateColumn(period.start),
    date_end: dateColumn(period.end),
    reason: reasonOf(resource),
    ...providers(resource),
    discharge_disposition: code(element(resource.hospitalization).dischargeDisposition, SYSTEM.dischargeDisposition),
    sensitivity: list(element(resource.meta).security).some((label) => label.code === 'R' || label.code === 'V') ? 'high' : 'normal',
    // Numbers follow the references; see the repository.
    facility_uuid: referenceId(resource.serviceProvider, 'Organization'),
    facility_id: null,
    facility: null,
    location_uuid: referenceId(element(list(resource.location)[0]).location, 'Location'),
  };
}

function reasonOf(resource: FhirResource): string | null {
  const reason = list(resource.reasonCode)[0];
  return text(element(reason).text) ?? codings(reason)[0]?.display ?? null;
}

function providers(resource: FhirResource): Partial<EncounterRow> {
  const individuals = list(resource.participant).map((one) => ({
    types: list(one.type).map((type) => code(type, SYSTEM.participationType)),
    id: referenceId(one.individual, 'Practitioner'),
  }));
  const withType = (type: string) => individuals.find((one) => one.id !== null && one.types.includes(type))?.id ?? null;
  const anyone = individuals.find((one) => one.id !== null && !one.types.includes('REF'))?.id ?? null;
  return { provider_uuid: withType('PPRF') ?? anyone, provider_id: null, referrer_uuid: withType('REF'), referring_provider_id: null };
}
