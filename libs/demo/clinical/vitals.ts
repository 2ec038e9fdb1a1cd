import type { CodeableConcept } from '#libs/fhir';
import type { Chart, Filed } from '../chart';
import { absent, type Code, loinc, type Quantity, quantity, refer, rounded } from '../values';
import { practitioner } from '../practice/staff';
import { during, type Visit } from './encounters';
import { headPercentile, massIndex, massIndexPercentile, statureAt, weightForLengthPercentile } from './growth';
import { categorized, type Finding, measure, observe } from './observation';

/** One set of vital signs; what is left out is not measured. */
export interface VitalReading {
  systolic?: number;
  diastolic?: number;
  heartRate?: number;
  respiratoryRate?: number;
  temperature?: number;
  saturation?: number;
  /** Litres of oxygen a minute and its share of the breathed air in percent, for those who get any. */
  oxygen?: { flow: number; concentration: number };
  height?: number;
  weight?: number;
  head?: number;
}

/** Takes the vital signs of a visit: what is usual for this body at this age, but for what the story says. */
export function takeVitals(visit: Visit, told: VitalReading = {}): VitalReading {
  const reading = { ...usualReading(visit), ...told };
  const { systolic, diastolic } = reading;
  if (systolic && diastolic) recordBloodPressure(visit, { systolic, diastolic });
  recordRates(visit, reading);
  recordOxygen(visit, reading);
  recordSize(visit, reading);
  return reading;
}

function usualReading({ chart, on }: Visit): VitalReading {
  const months = chart.monthsOld(on);
  return months < 216 ? childReading(chart, months) : adultReading(chart);
}

function childReading({ random, body, person }: Chart, months: number): VitalReading {
  const { height, weight, head } = statureAt(person.sex, months, body);
  const years = months / 12;
  return {
    ...(years >= 3 && { systolic: Math.round(random.around(92 + 1.6 * years, 4)), diastolic: Math.round(random.around(54 + years, 3)) }),
    heartRate: Math.round(random.around(Math.max(74, 138 - 6 * years), 6)),
    respiratoryRate: Math.round(random.around(Math.max(15, 38 - 2.2 * years), 2)),
    temperature: rounded(random.around(36.9, 0.2), 1),
    saturation: random.integer(97, 100),
    height,
    weight,
    ...(months <= 36 && { head }),
  };
}

function adultReading({ random, body }: Chart): VitalReading {
  return {
    systolic: Math.round(random.around(118, 5)),
    diastolic: Math.round(random.around(75, 4)),
    heartRate: Math.round(random.around(72, 6)),
    respiratoryRate: random.integer(13, 17),
    temperature: rounded(random.around(36.7, 0.2), 1),
    saturation: random.integer(96, 99),
    height: body.adultHeight,
    weight: rounded(random.around(body.adultWeight, 0.8), 1),
  };
}

const vital = (visit: Visit, profile: string, code: CodeableConcept, value?: Quantity, more?: Finding['more']): Filed =>
  observe(visit, { profile, category: [categorized('vital-signs')], code, at: 5, more, ...(value && { value: { valueQuantity: value } }) });

const pressure = (value: number) => quantity(value, 'mmHg', 'mm[Hg]');
const systolicCode: Code = ['8480-6', 'Systolic blood pressure'];
const diastolicCode: Code = ['8462-4', 'Diastolic blood pressure'];
const panelCode = measure(['85354-9', 'Blood pressure panel with all children optional'], 'Blood pressure');

export function recordBloodPressure(visit: Visit, { systolic, diastolic }: { systolic: number; diastolic: number }): Filed {
  return vital(visit, 'us-core-blood-pressure', panelCode, undefined, {
    component: [
      { code: loinc(systolicCode), valueQuantity: pressure(systolic) },
      { code: loinc(diastolicCode), valueQuantity: pressure(diastolic) },
    ],
  });
}

/** The cuff gave no reading: the attempt is recorded with the reason why there are no numbers. */
export function failBloodPressure(visit: Visit): Filed {
  const component = [systolicCode, diastolicCode].map((code) => ({ code: loinc(code), dataAbsentReason: absent() }));
  return vital(visit, 'us-core-blood-pressure', panelCode, undefined, {
    dataAbsentReason: absent(),
    component,
    note: [{ text: 'Cuff would not hold pressure.' }],
  });
}

/** The mean of a week of readings at home; without readings the log came back empty. */
export function recordHomeAverage(
  visit: Visit,
  week: { start: string; end: string },
  mean?: { systolic: number; diastolic: number },
): Filed {
  const part = (code: Code, value?: number) => ({
    code: loinc(code),
    ...(value ? { valueQuantity: pressure(value) } : { dataAbsentReason: absent() }),
  });
  return visit.chart.addProfiled('Observation', 'us-core-average-blood-pressure', {
    status: 'final',
    category: [categorized('vital-signs')],
    code: measure(['96607-7', 'Blood pressure panel mean systolic and mean diastolic'], 'Average blood pressure at home'),
    subject: visit.chart.patient,
    effectivePeriod: week,
    issued: during(visit, 8),
    performer: [practitioner(visit.clinician)],
    component: [
      part(['96608-5', 'Systolic blood pressure mean'], mean?.systolic),
      part(['96609-3', 'Diastolic blood pressure mean'], mean?.diastolic),
    ],
  });
}

function recordRates(visit: Visit, { heartRate, respiratoryRate, temperature }: VitalReading): void {
  if (heartRate)
    vital(visit, 'us-core-heart-rate', measure(['8867-4', 'Heart rate'], 'Heart rate'), quantity(heartRate, 'beats/minute', '/min'));
  if (respiratoryRate)
    vital(
      visit,
      'us-core-respiratory-rate',
      measure(['9279-1', 'Respiratory rate'], 'Respiratory rate'),
      quantity(respiratoryRate, 'breaths/minute', '/min'),
    );
  if (temperature)
    vital(
      visit,
      'us-core-body-temperature',
      measure(['8310-5', 'Body temperature'], 'Body temperature'),
      quantity(temperature, 'C', 'Cel'),
    );
}

function recordOxygen(visit: Visit, { saturation, oxygen }: VitalReading): void {
  if (!saturation) return;
  const code = measure(['59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'], 'Oxygen saturation', [
    '2708-6',
    'Oxygen saturation in Arterial blood',
  ]);
  const given = oxygen && {
    component: [
      { code: loinc(['3151-8', 'Inhaled oxygen flow rate']), valueQuantity: quantity(oxygen.flow, 'L/min') },
      { code: loinc(['3150-0', 'Inhaled oxygen concentration']), valueQuantity: quantity(oxygen.concentration, '%') },
    ],
  };
  vital(visit, 'us-core-pulse-oximetry', code, quantity(saturation, '%'), given);
}

function recordSize(visit: Visit, { height, weight, head }: VitalReading): void {
  const size: Filed[] = [];
  if (height) size.push(vital(visit, 'us-core-body-height', measure(['8302-2', 'Body height'], 'Body height'), quantity(height, 'cm')));
  if (weight) size.push(vital(visit, 'us-core-body-weight', measure(['29463-7', 'Body weight'], 'Body weight'), quantity(weight, 'kg')));
  if (height && weight) recordMassIndex(visit, height, weight, size);
  if (head) recordHead(visit, head);
}

function recordMassIndex(visit: Visit, height: number, weight: number, size: readonly Filed[]): void {
  const { chart, on } = visit;
  const months = chart.monthsOld(on);
  const derivedFrom = size.map((measured) => refer(measured));
  const percent = (profile: string, code: CodeableConcept, value: number) =>
    vital(visit, profile, code, quantity(value, '%'), { derivedFrom });
  const stature = { height, weight, head: 0 };
  if (months >= 24)
    vital(
      visit,
      'us-core-bmi',
      measure(['39156-5', 'Body mass index (BMI) [Ratio]'], 'Body mass index'),
      quantity(massIndex(height, weight), 'kg/m2'),
      { derivedFrom },
    );
  if (months <= 36)
    percent(
      'pediatric-weight-for-height',
      measure(['77606-2', 'Weight-for-length Per age and sex'], 'Weight for length percentile'),
      weightForLengthPercentile(chart.person.sex, stature),
    );
  if (months >= 24 && months < 240)
    percent(
      'pediatric-bmi-for-age',
      measure(['59576-9', 'Body mass index (BMI) [Percentile] Per age and sex'], 'Body mass index percentile'),
      massIndexPercentile(chart.person.sex, months, stature),
    );
}

function recordHead(visit: Visit, head: number): void {
  const { chart } = visit;
  const months = chart.monthsOld(visit.on);
  vital(
    visit,
    'us-core-head-circumference',
    measure(['9843-4', 'Head Occipital-frontal circumference'], 'Head circumference'),
    quantity(head, 'cm'),
  );
  const code = measure(['8289-1', 'Head Occipital-frontal circumference Percentile'], 'Head circumference percentile');
  vital(visit, 'head-occipital-frontal-circumference-percentile', code, quantity(headPercentile(chart.person.sex, months, head), '%'));
}
