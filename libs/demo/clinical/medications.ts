import type { Reference } from '#libs/fhir';
import { addDays, type IsoDate, instantAt } from '../calendar';
import { type Drug, type DrugName, drugs } from '../codes/medications';
import { hl7, systems, usCore } from '../codes/systems';
import { partner } from '../practice/partners';
import { formularyMedication } from '../practice/formulary';
import { practitioner } from '../practice/staff';
import { type Code, coding, concept, quantity, refer, snomed } from '../values';
import { during, encounterOf, type Visit } from './encounters';

export interface Prescription {
  reason?: Reference;
  /** The day it was or will be stopped; an order without one goes on. */
  until?: IsoDate;
  setting?: 'outpatient' | 'inpatient' | 'community' | 'discharge';
  /** Names the drug by a reference to the formulary instead of its code. */
  byReference?: boolean;
  /** Fills picked up at the pharmacy so far. */
  fills?: number;
  /** Taken less often than ordered, as the patient says. */
  partlyTaken?: boolean;
}

/** Orders a drug in a visit and files the fills picked up since. */
export function prescribe(visit: Visit, name: DrugName, order: Prescription = {}): Reference {
  const { chart } = visit;
  const drug: Drug = drugs[name];
  const over = order.until !== undefined && order.until <= chart.until;
  const request = chart.addProfiled('MedicationRequest', 'us-core-medicationrequest', {
    ...(order.partlyTaken && { extension: [adherence(visit)] }),
    status: over ? 'completed' : 'active',
    intent: 'order',
    category: [category(order.setting ?? 'outpatient')],
    reportedBoolean: false,
    ...named(name, order.byReference),
    subject: chart.patient,
    encounter: encounterOf(visit),
    authoredOn: during(visit, 22),
    requester: practitioner(visit.clinician),
    reasonCode: order.reason?.display ? [{ text: order.reason.display }] : undefined,
    reasonReference: order.reason && [order.reason],
    dosageInstruction: [dosage(drug, visit.on, order.until)],
    dispenseRequest: { numberOfRepeatsAllowed: drug.refills, quantity: quantity(...drug.supply), validityPeriod: { start: visit.on } },
  });
  const reference = refer(request, drug.rxnorm[1]);
  for (let fill = 0; fill < (order.fills ?? 1); fill++) dispense(visit, { name, byReference: order.byReference, prescription: reference, fill });
  return reference;
}

const named = (name: DrugName, byReference = false) =>
  byReference ? { medicationReference: formularyMedication(name) } : { medicationCodeableConcept: concept(systems.rxnorm, drugs[name].rxnorm) };

/** A drug the patient takes without an order of ours, as told in the visit. */
export function noteReported(visit: Visit, name: DrugName, tellers: { reporter?: Reference } = {}): void {
  const { chart } = visit;
  chart.addProfiled('MedicationRequest', 'us-core-medicationrequest', {
    status: 'active',
    intent: 'plan',
    category: [category('community')],
    ...(tellers.reporter ? { reportedReference: tellers.reporter } : { reportedBoolean: true }),
    medicationCodeableConcept: concept(systems.rxnorm, drugs[name].rxnorm),
    subject: chart.patient,
    encounter: encounterOf(visit),
    authoredOn: during(visit, 12),
    requester: chart.patient,
    dosageInstruction: [dosage(drugs[name], visit.on)],
  });
}

const categoryNames = { inpatient: 'Inpatient', outpatient: 'Outpatient', community: 'Community', discharge: 'Discharge' };
const category = (code: keyof typeof categoryNames) => concept(hl7('medicationrequest-category'), [code, categoryNames[code]]);

function dosage(drug: Drug, start: IsoDate, end?: IsoDate) {
  const [frequency, period, periodUnit] = drug.timing;
  return {
    text: drug.sig,
    timing: { repeat: { boundsPeriod: end ? { start, end } : { start }, frequency, period, periodUnit } },
    asNeededBoolean: drug.sig.includes('as needed') ? true : undefined,
    route: snomed(drug.route),
    doseAndRate: [{ type: concept(hl7('dose-rate-type'), ['ordered', 'Ordered']), doseQuantity: quantity(...drug.dose) }],
  };
}

const firstFill: Code = ['FFC', 'First Fill - Complete'];
const refill: Code = ['RFC', 'Refill - Complete'];

interface Fill {
  name: DrugName;
  byReference?: boolean;
  prescription: Reference;
  fill: number;
}

/** A fill follows the order by a day, each further one by a month; none lies in the future. */
function dispense(visit: Visit, { name, byReference, prescription, fill }: Fill): void {
  const { chart } = visit;
  const drug: Drug = drugs[name];
  const handedOver = addDays(visit.on, fill * 30);
  if (handedOver > chart.until) return;
  chart.addProfiled('MedicationDispense', 'us-core-medicationdispense', {
    status: 'completed',
    ...named(name, byReference),
    subject: chart.patient,
    context: encounterOf(visit),
    performer: [{ actor: partner('pharmacy') }, { function: { text: 'Explained how to take it' }, actor: practitioner('nurse') }],
    authorizingPrescription: [prescription],
    type: { coding: [coding(hl7('v3-ActCode'), fill === 0 ? firstFill : refill)] },
    quantity: quantity(...drug.supply),
    whenHandedOver: instantAt(handedOver, 1050),
    dosageInstruction: [dosage(drug, visit.on)],
  });
}

function adherence(visit: Visit) {
  return {
    url: usCore('us-core-medication-adherence'),
    extension: [
      { url: 'medicationAdherence', valueCodeableConcept: snomed(['275928001', 'Drugs - partial non-compliance']) },
      { url: 'dateAsserted', valueDateTime: during(visit, 12) },
      { url: 'informationSource', valueCodeableConcept: snomed(['116154003', 'Patient']) },
    ],
  };
}
