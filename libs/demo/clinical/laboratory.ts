import type { Reference } from '#libs/fhir';
import type { Chart, Filed } from '../chart';
import {
  type Analyte,
  type AnalyteName,
  analytes,
  type MeasuredAnalyte,
  negative,
  type Panel,
  type PanelName,
  panels,
} from '../codes/laboratory';
import { clinicSystem, hl7, systems } from '../codes/systems';
import { partner } from '../practice/partners';
import { practitioner } from '../practice/staff';
import { type Code, coding, concept, loinc, quantity, refer, rounded, snomed } from '../values';
import { during, encounterOf, type Visit } from './encounters';
import { categorized, observe } from './observation';
import { order } from './orders';

/** Results the story knows; the rest are drawn from what is usual. */
export type Results = Partial<Record<AnalyteName, number | string | Code>>;

/** Orders a panel, draws the specimen and files results and report, all in one visit. */
export function runPanel(visit: Visit, name: PanelName, results: Results = {}, reason?: Reference): Reference {
  const panel: Panel = panels[name];
  const request = order(visit, { kind: 'laboratory', code: loinc(panel.loinc, panel.text), reason });
  const specimen = collect(visit, panel, request);
  const observations = panel.members.map((member) => resultOf(visit, analytes[member], results[member], specimen, request));
  const report = visit.chart.addProfiled('DiagnosticReport', 'us-core-diagnosticreport-lab', {
    identifier: [{ system: clinicSystem('report'), value: `R-${refer(specimen).reference?.slice(-12)}` }],
    basedOn: [request],
    status: 'final',
    category: [concept(hl7('v2-0074'), ['LAB', 'Laboratory'])],
    code: loinc(panel.loinc, panel.text),
    subject: visit.chart.patient,
    encounter: encounterOf(visit),
    effectiveDateTime: during(visit, 20),
    issued: during(visit, 20 + 60 * 6),
    performer: [partner('lab'), practitioner(visit.clinician)],
    resultsInterpreter: [practitioner(visit.clinician)],
    specimen: [refer(specimen)],
    result: observations.map((observation) => refer(observation)),
    conclusion: concludeFrom(observations),
  });
  return refer(report, panel.text);
}

function collect(visit: Visit, { specimen }: Panel, request: Reference): Filed {
  const serial = `${visit.on.replace(/-/g, '')}-${visit.chart.random.integer(10000, 99999)}`;
  const collected = during(visit, 20);
  return visit.chart.addProfiled('Specimen', 'us-core-specimen', {
    identifier: [{ system: clinicSystem('specimen'), value: `S-${serial}` }],
    accessionIdentifier: { system: clinicSystem('accession'), value: serial },
    status: 'available',
    type: {
      coding: [coding(systems.snomed, specimen.type), ...(specimen.source ? [coding(hl7('v2-0487'), specimen.source)] : [])],
      text: specimen.type[1],
    },
    subject: visit.chart.patient,
    receivedTime: during(visit, 90),
    request: [request],
    collection: { collector: practitioner('nurse'), collectedDateTime: collected, bodySite: snomed(specimen.site) },
    container: [{ description: specimen.container }],
    condition: [concept(hl7('v2-0493'), ['COOL', 'Cool'])],
  });
}

function resultOf(visit: Visit, analyte: Analyte, told: Results[AnalyteName], specimen: Filed, request: Reference): Filed {
  const { value, interpretation, referenceRange } = read(visit.chart, analyte, told);
  return observe(visit, {
    profile: 'us-core-observation-lab',
    category: [categorized('laboratory')],
    code: loinc(analyte.loinc),
    value,
    at: 20,
    performer: [partner('lab'), practitioner(visit.clinician)],
    more: {
      basedOn: [request],
      issued: during(visit, 20 + 60 * 6),
      interpretation: [interpreted(interpretation)],
      referenceRange,
      specimen: refer(specimen),
    },
  });
}

function read(chart: Chart, analyte: Analyte, told: Results[AnalyteName]) {
  if (analyte.kind === 'quantity') return readQuantity(chart, analyte, typeof told === 'number' ? told : undefined);
  if (analyte.kind === 'text')
    return {
      value: { valueString: typeof told === 'string' ? told : analyte.usual },
      interpretation: normal,
      referenceRange: [{ text: analyte.usual }],
    };
  const found = typeof told === 'object' ? told : analyte.usual;
  const expected = analyte.usual === negative ? [{ text: 'Negative' }] : undefined;
  return {
    value: { valueCodeableConcept: snomed(found) },
    interpretation: found[0] === analyte.usual[0] ? normal : abnormal,
    referenceRange: expected,
  };
}

function readQuantity({ random }: Chart, { low, high, usual, unit, ucum, decimals }: MeasuredAnalyte, told?: number) {
  const value = rounded(told ?? usual[0] + random.next() * (usual[1] - usual[0]), decimals);
  const bound = (limit?: number) => (limit === undefined ? undefined : quantity(limit, unit, ucum));
  const text = low === undefined ? `up to ${high} ${unit}` : `${low} to ${high ?? 'any'} ${unit}`;
  return {
    value: { valueQuantity: quantity(value, unit, ucum) },
    interpretation: judge(value, low, high),
    referenceRange: [{ low: bound(low), high: bound(high), text }],
  };
}

const normal: Code = ['N', 'Normal'];
const abnormal: Code = ['A', 'Abnormal'];

function judge(value: number, low?: number, high?: number): Code {
  if (high !== undefined && value > high) return ['H', 'High'];
  return low !== undefined && value < low ? ['L', 'Low'] : normal;
}

const interpreted = (code: Code) => concept(hl7('v3-ObservationInterpretation'), code);

/** One line for the report: what stands out, by name. */
function concludeFrom(observations: readonly Filed[]): string {
  const notable = observations.filter((observation) => JSON.stringify(observation.interpretation).includes('"N"') === false);
  if (notable.length === 0) return 'All results within the reference range.';
  return `Outside the reference range: ${notable.map((observation) => (observation.code as { text: string }).text).join('; ')}.`;
}
