import { type TransactionBundle, transactionOf } from './bundle';
import type { IsoDate } from './calendar';
import { Chart } from './chart';
import { bookAppointments } from './clinical/appointments';
import { assembleCareTeam } from './clinical/care-team';
import { insure } from './clinical/coverage';
import { fileRelative } from './clinical/family';
import { attest } from './clinical/provenance';
import { castPerson, followsEarlier, patientIdOf } from './people/casting';
import { earlierChild, earlierWoman, firstChild, firstWoman, portalPatient, portalPatientId, showcaseChild, showcaseWoman } from './people/leading-roles';
import { patientResource } from './people/patient';
import type { Edition, Person } from './people/person';
import { masterBundle } from './practice/master-bundle';
import { isOnPanel, panelGroup, panelKeys, trialGroup, trialKeys } from './practice/panels';
import { Random } from './random';
import { storyOf } from './stories/repertoire';

export interface DemoOptions {
  /** How many patients; 25 unless told. */
  patients?: number;
  /** Another seed tells another clinic with the same staff. */
  seed?: number;
  /** The day the clinic is told as of; it is never read from a clock. */
  asOf?: IsoDate;
}

/**
 * The demo clinic as FHIR R4 transaction Bundles, to be loaded in this order: first the practice
 * (places, staff, payer, formulary, forms), then one Bundle per patient, last the panels (Groups).
 * Same options, same bytes; every entry is a PUT to a fixed id, so a second load changes nothing.
 * One Bundle is held at a time: memory stays flat however many patients are asked for.
 */
export function* demoClinic({ patients = 25, seed = 1, asOf = '2026-11-01' }: DemoOptions = {}): Generator<TransactionBundle> {
  yield masterBundle();
  for (let number = 1; number <= patients; number++) yield patientBundle(number, seed, asOf);
  if (patients > 0) yield panelsBundle(patients, seed);
}

function patientBundle(number: number, seed: number, asOf: IsoDate): TransactionBundle {
  const random = new Random(seed, number);
  const story = storyOf(number);
  const cast = castPerson({ number, id: idOf(seed, number), role: story.role, asOf, random });
  const chart = new Chart(lead(cast, asOf), asOf, random);
  const relative = fileRelative(chart);
  chart.file(patientResource(chart.person, relative.contact, asOf));
  insure(chart, relative.reference);
  assembleCareTeam(chart, relative.reference);
  story.tell(chart);
  bookAppointments(chart);
  attest(chart);
  return transactionOf(chart.filed);
}

const leads = [portalPatient, showcaseWoman, showcaseChild, earlierWoman, earlierChild, firstWoman, firstChild];

/** The first seven patients are known by name; the others are as the seed cast them. */
function lead(cast: Person, asOf: IsoDate): Person {
  return leads[cast.number - 1]?.(cast, asOf) ?? cast;
}

function idOf(seed: number, number: number): string {
  return number === 1 ? portalPatientId : patientIdOf(seed, number);
}

/** Numbers of the woman and the child whose charts show all that US Core asks for, by the versions they follow. */
const complete: Record<Edition, readonly number[]> = { '8.0.0': [2, 3], '6.1.0': [4, 5], '3.1.1': [6, 7] };

/** Their ids. */
export const demoCompletePatients = (edition: Edition, seed = 1): string[] => complete[edition].map((number) => idOf(seed, number));

function panelsBundle(patients: number, seed: number): TransactionBundle {
  const numbers = Array.from({ length: patients }, (_, index) => index + 1);
  const idsOf = (isMember: (number: number) => boolean) => numbers.filter(isMember).map((number) => idOf(seed, number));
  const groups = [
    ...panelKeys.map((key) => panelGroup(key, idsOf((number) => isOnPanel(key, storyOf(number).role)))),
    ...trialKeys.map((edition) => trialGroup(edition, idsOf((number) => complete[edition].includes(number) || isDeadOf(edition, number)))),
  ];
  return transactionOf(groups.filter((group) => group.quantity !== 0));
}

/** The complete are alive: what is told of the dead is told by others. */
function isDeadOf(edition: Edition, number: number): boolean {
  return storyOf(number).role.dies === true && edition === (followsEarlier(number) ? '6.1.0' : '8.0.0');
}
