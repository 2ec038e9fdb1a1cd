import type { Reference } from '#libs/fhir';
import { type IsoDate, instantAt } from '../calendar';
import type { Chart, Filed } from '../chart';
import { type ProblemName, problems } from '../codes/problems';
import { clinicSystem, hl7, systems, usCore } from '../codes/systems';
import { type Facility, facilities } from '../practice/facilities';
import { practitioner, type StaffKey } from '../practice/staff';
import { type Code, coding, concept, refer, snomed } from '../values';

export type VisitKind = 'office' | 'emergency' | 'inpatient' | 'virtual';

export interface VisitPlan {
  on: IsoDate;
  reason: ProblemName;
  kind?: VisitKind;
  type?: Code;
  with?: StaffKey;
  /** Nights in hospital. */
  nights?: number;
}

/** A visit and what everything done in it needs to know. */
export interface Visit {
  chart: Chart;
  on: IsoDate;
  encounter: Filed;
  clinician: StaffKey;
  facility: Facility;
  start: string;
  end: string;
  /** Minutes from midnight at which it began. */
  opened: number;
}

export const visitTypes = {
  checkup: ['185349003', 'Encounter for check up'],
  problem: ['185347001', 'Encounter for problem'],
  followUp: ['390906007', 'Follow-up encounter'],
  wellChild: ['410620009', 'Well child visit'],
  emergency: ['50849002', 'Emergency room admission'],
  inpatient: ['183452005', 'Encounter inpatient'],
  virtual: ['448337001', 'Telemedicine consultation with patient'],
  prenatal: ['424619006', 'Prenatal visit'],
  postnatal: ['169762003', 'Postnatal visit'],
} satisfies Record<string, Code>;

const classes: Record<VisitKind, Code> = {
  office: ['AMB', 'ambulatory'],
  emergency: ['EMER', 'emergency'],
  inpatient: ['IMP', 'inpatient encounter'],
  virtual: ['VR', 'virtual'],
};

const usualTypes: Record<VisitKind, Code> = {
  office: visitTypes.problem,
  emergency: visitTypes.emergency,
  inpatient: visitTypes.inpatient,
  virtual: visitTypes.virtual,
};

/** Opens a visit and files its Encounter; diagnoses made in it are added by {@link nameDiagnosis}. */
export function openVisit(chart: Chart, plan: VisitPlan): Visit {
  const kind = plan.kind ?? 'office';
  const clinician = plan.with ?? chart.doctor;
  const facility = kind === 'office' || kind === 'virtual' ? facilities.clinic : facilities.hospital;
  const opened = kind === 'emergency' ? chart.random.integer(0, 1080) : 480 + 15 * chart.random.integer(0, 32);
  const start = instantAt(plan.on, opened);
  const end = instantAt(plan.on, opened + lengthOf(kind, plan.nights ?? 2));
  const times = { start, end };
  const encounter = chart.addProfiled('Encounter', 'us-core-encounter', {
    extension: chart.person.needsInterpreter ? [interpreterNeeded] : undefined,
    identifier: [{ use: 'official', system: clinicSystem('visit'), value: `V-${chart.person.recordNumber}-${plan.on}-${opened}` }],
    status: 'finished',
    class: coding(hl7('v3-ActCode'), classes[kind]),
    type: [snomed(plan.type ?? usualTypes[kind])],
    subject: chart.patient,
    participant: [
      { type: [concept(hl7('v3-ParticipationType'), ['ATND', 'attender'])], period: times, individual: practitioner(clinician) },
    ],
    period: times,
    reasonCode: [snomed(problems[plan.reason].snomed)],
    hospitalization: hospitalization(kind),
    location: [{ location: facility.location, status: 'completed', period: times }],
    serviceProvider: facility.organization,
  });
  return { chart, on: plan.on, encounter, clinician, facility, ...times, opened };
}

const interpreterNeeded = { url: usCore('us-core-interpreter-needed'), valueCoding: coding(systems.snomed, ['373066001', 'Yes']) };

function lengthOf(kind: VisitKind, nights: number): number {
  if (kind === 'inpatient') return nights * 1440 + 180;
  return kind === 'emergency' ? 260 : 30;
}

/** Where the patient came from and went to; an office visit has neither. */
function hospitalization(kind: VisitKind) {
  if (kind === 'office' || kind === 'virtual') return undefined;
  return {
    admitSource: concept(
      hl7('admit-source'),
      kind === 'emergency' ? ['emd', 'From accident/emergency department'] : ['gp', 'General Practitioner referral'],
    ),
    dischargeDisposition: concept(systems.dischargeStatus, ['01', 'Discharged to Home']),
  };
}

/** Ties a diagnosis to the visit from the Encounter's side, along with the listed problem it belongs to. */
export function nameDiagnosis({ encounter }: Visit, diagnosis: Reference, problem?: Reference): void {
  const named = (encounter.diagnosis ?? []) as object[];
  const reasons = (encounter.reasonReference ?? []) as object[];
  encounter.diagnosis = [...named, { condition: diagnosis, rank: named.length + 1 }];
  encounter.reasonReference = [...reasons, diagnosis, ...(problem ? [problem] : [])];
}

export function encounterOf(visit: Visit): Reference {
  return refer(visit.encounter);
}

/** The instant so many minutes into the visit. */
export function during(visit: Visit, minutes: number): string {
  return instantAt(visit.on, visit.opened + minutes);
}
