import { compact, dateColumn, dateTimeOf, type FhirResource, type FhirSource, reading } from '#libs/fhir';
import { convertUnit, SYSTEM, usCore } from '#libs/terminology';
import type { VitalRow } from './vital.entity';
import { columnsOfMeasure, type Measure, type Measured, MEASURES, measureOf } from './vital.measures';

const { text, number, list, element, codings, referenceId } = reading;

const CATEGORY = [{ coding: [{ system: SYSTEM.observationCategory, code: 'vital-signs', display: 'Vital Signs' }] }];

const UNKNOWN = { coding: [{ system: SYSTEM.dataAbsentReason, code: 'unknown', display: 'Unknown' }] };

/** US Core names its pediatric profiles without the common prefix. */
const profileOf = (name: string): string => (name.startsWith('pediatric') || name.startsWith('head-occ') ? usCore(name).replace('us-core-', '') : usCore(name));

/** Observation (vital signs) ↔ form_vitals: one Observation for each measure that has a value. */
export const vitalSource: FhirSource<VitalRow> = {
  key: 'vital',
  version: 2,
  types: ['Observation'],
  profiles: { Observation: [usCore('vital-signs'), ...new Set(MEASURES.map((measure) => profileOf(measure.profile)))] },
  toFhir: (row) => MEASURES.filter((measure) => hasValue(row, measure)).map((measure) => ({ part: measure.code, resource: observationOf(row, measure) })),
  fromFhir: placedOf,
};

const measuredValue = (row: VitalRow, measured: Measured): number | null => {
  const stored = row[measured.column];
  return stored === null || stored === '' || Number.isNaN(Number(stored)) ? null : Number(stored);
};

export const hasValue = (row: VitalRow, measure: Measure): boolean =>
  measure.value ? measuredValue(row, measure.value) !== null : columnsOfMeasure(measure).some((measured) => measuredValue(row, measured) !== null);

const quantity = (value: number | null, { unit, ucum }: Measured): unknown => (value === null ? undefined : { value, unit, system: SYSTEM.ucum, code: ucum });

function observationOf(row: VitalRow, measure: Measure): FhirResource {
  const components = (measure.components ?? []).map((measured) => ({ measured, value: measuredValue(row, measured) }));
  // Of a panel every component is told, if only that it is unknown (US Core blood pressure); beside a value, those there are.
  const told = components.filter(({ value }) => value !== null || !measure.value);
  return compact({
    resourceType: 'Observation',
    meta: { profile: [profileOf(measure.profile)] },
    status: 'final',
    category: CATEGORY,
    code: { coding: [measure, ...(measure.also ?? [])].map(({ code, display }) => ({ system: SYSTEM.loinc, code, display })), text: measure.display },
    subject: { reference: `Patient/${row.patient_uuid}` },
    encounter: { reference: `Encounter/${row.encounter_uuid}` },
    effectiveDateTime: dateTimeOf(row.date),
    performer: row.performer_uuid ? [{ reference: `Practitioner/${row.performer_uuid}` }] : undefined,
    valueQuantity: measure.value && quantity(measuredValue(row, measure.value), measure.value),
    note: row.note ? [{ text: row.note }] : undefined,
    method: measure.value?.column === 'temperature' && row.temp_method ? { text: row.temp_method } : undefined,
    component: told.map(({ measured, value }) => ({
      code: { coding: [{ system: SYSTEM.loinc, code: measured.code, display: measured.display }], text: measured.display },
      valueQuantity: quantity(value, measured),
      dataAbsentReason: value === null ? UNKNOWN : undefined,
    })),
  }) as unknown as FhirResource;
}

const MEASURED_STATUS = new Set(['final', 'amended', 'corrected', 'preliminary']);

/** Only what a row can hold: a measure of the table, of a patient, at an encounter, at a moment, in a unit that converts. */
function placedOf(resource: FhirResource): ReturnType<FhirSource<VitalRow>['fromFhir']> {
  const measure = codings(resource.code).map((coding) => (coding.system === SYSTEM.loinc && coding.code ? measureOf(coding.code) : undefined)).find(Boolean);
  const patient = referenceId(resource.subject, 'Patient');
  const encounter = referenceId(resource.encounter, 'Encounter');
  const date = dateColumn(resource.effectiveDateTime);
  if (!measure || !patient || !encounter || !date || !MEASURED_STATUS.has(String(resource.status))) return undefined;
  const values = measuredColumns(resource, measure);
  if (!values) return undefined;
  return { part: measure.code, columns: { patient_uuid: patient, encounter_uuid: encounter, date, ...values } };
}

/** The measured numbers in the columns' units; undefined where one cannot be held. */
function measuredColumns(resource: FhirResource, measure: Measure): Partial<VitalRow> | undefined {
  const found = columnsOfMeasure(measure).map((measured) => [measured.column, inColumnUnit(quantityOf(resource, measure, measured), measured)] as const);
  if (found.some(([, value]) => value === undefined) || found.every(([, value]) => value === null)) return undefined;
  if (measure.value && found[0]![1] === null) return undefined;
  return Object.fromEntries(found.map(([column, value]) => [column, isTextColumn(column) && value !== null ? String(value) : value]));
}

const isTextColumn = (column: string): boolean => column === 'bps' || column === 'bpd';

function quantityOf(resource: FhirResource, measure: Measure, measured: Measured): Record<string, unknown> {
  if (measure.value === measured) return element(resource.valueQuantity);
  const component = list(resource.component).find((one) => codings(one.code).some((coding) => coding.system === SYSTEM.loinc && coding.code === measured.code));
  return element(component?.valueQuantity);
}

/** null: nothing measured; undefined: measured in a way the column cannot say. */
function inColumnUnit(given: Record<string, unknown>, measured: Measured): number | null | undefined {
  const value = number(given.value);
  if (value === null) return Object.keys(given).length === 0 ? null : undefined;
  if (given.comparator !== undefined || given.system !== SYSTEM.ucum || Math.abs(value) >= 1e6) return undefined;
  return convertUnit(value, text(given.code) ?? '', measured.ucum);
}
