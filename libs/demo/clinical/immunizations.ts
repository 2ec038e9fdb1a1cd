import { addDays, addYears, type IsoDate } from '../calendar';
import { type Vaccine, type VaccineName, vaccines } from '../codes/vaccines';
import { hl7, systems } from '../codes/systems';
import { practitioner } from '../practice/staff';
import { type Code, concept, quantity } from '../values';
import { during, encounterOf, type Visit } from './encounters';

const names = Object.keys(vaccines) as VaccineName[];
const routes: Record<Vaccine['route'], Code> = {
  IM: ['IM', 'Injection, intramuscular'],
  SC: ['SQ', 'Injection, subcutaneous'],
  PO: ['PO', 'Swallow, oral'],
};

/** Gives every dose that is due at the visit by the schedule and not given yet. */
export function giveDueVaccines(visit: Visit): void {
  for (const name of names) {
    if (isDue(visit, name, vaccines[name])) giveVaccine(visit, name);
  }
}

/** Children follow the schedule by age; adults catch up only on what their own age asks for. */
function isDue({ chart, on }: Visit, name: VaccineName, vaccine: Vaccine): boolean {
  const months = chart.monthsOld(on) + 0.5;
  const given = chart.doses.get(name) ?? [];
  const last = given[given.length - 1];
  if (name === 'influenza') return months >= 6 && isFluSeason(on) && (last === undefined || last < addDays(on, -240));
  if (vaccine.everyYears && months / 12 >= (vaccine.adultFromYears ?? 0))
    return last === undefined || addYears(last, vaccine.everyYears) <= on;
  const due = vaccine.dueAtMonths?.[given.length];
  if (due === undefined || months < due) return false;
  return months < 216 || due >= 600;
}

const isFluSeason = (date: IsoDate) => ['09', '10', '11', '12', '01', '02'].includes(date.slice(5, 7));

/** Files one dose and remembers it. */
export function giveVaccine(visit: Visit, name: VaccineName): void {
  const { chart } = visit;
  const vaccine: Vaccine = vaccines[name];
  const given = [...(chart.doses.get(name) ?? []), visit.on];
  chart.doses.set(name, given);
  chart.addProfiled('Immunization', 'us-core-immunization', {
    status: 'completed',
    ...shared(visit, vaccine),
    lotNumber: `${vaccine.cvx[0]}${chart.random.integer(1000, 9999)}${chart.random.pick(['A', 'B', 'K'])}`,
    expirationDate: addYears(visit.on, 1),
    manufacturer: { display: vaccine.maker },
    site: vaccine.route === 'PO' ? undefined : concept(hl7('v3-ActSite'), ['LA', 'left arm']),
    route: concept(hl7('v3-RouteOfAdministration'), routes[vaccine.route]),
    doseQuantity: quantity(vaccine.dose, 'mL'),
    performer: [{ function: concept(hl7('v2-0443'), ['AP', 'Administering Provider']), actor: practitioner('nurse') }],
    protocolApplied: [{ series: vaccine.series, targetDisease: [{ text: vaccine.series }], doseNumberPositiveInt: given.length }],
  });
}

/** Files a dose that was due and not given, with the reason (HL7 v3 ActReason). */
export function skipVaccine(visit: Visit, name: VaccineName, reason: Code): void {
  visit.chart.addProfiled('Immunization', 'us-core-immunization', {
    status: 'not-done',
    statusReason: concept(hl7('v3-ActReason'), reason),
    ...shared(visit, vaccines[name]),
    performer: [{ actor: practitioner('nurse') }],
  });
}

function shared(visit: Visit, vaccine: Vaccine) {
  return {
    vaccineCode: concept(systems.cvx, vaccine.cvx),
    patient: visit.chart.patient,
    encounter: encounterOf(visit),
    occurrenceDateTime: during(visit, 25),
    primarySource: true,
    location: visit.facility.location,
  };
}
