import type { Coding } from '#libs/fhir';
import { addDays, instantAt, workday } from '../calendar';
import type { Chart } from '../chart';
import { hl7 } from '../codes/systems';
import { facilities } from '../practice/facilities';
import { practitioner } from '../practice/staff';
import { concept } from '../values';

type Outcome = 'fulfilled' | 'noshow' | 'cancelled' | 'booked';

/** Kept appointments behind past visits, one missed or cancelled now and then, and the next one for the living. */
export function bookAppointments(chart: Chart): void {
  const kept = officeVisits(chart).slice(-3);
  for (const { on, minutes } of kept) book(chart, on, minutes, 'fulfilled');
  const first = kept[0];
  if (first && chart.random.chance(0.4))
    book(chart, workday(addDays(first.on, 20)), 555, chart.random.pick(['noshow', 'cancelled'] as const));
  if (chart.person.deceased) return;
  const next = workday(addDays(chart.asOf, 7 + 7 * chart.random.integer(0, 12)));
  book(chart, next, 480 + 30 * chart.random.integer(0, 15), 'booked');
}

/** Day and minute of each office visit, in order of time. */
function officeVisits({ filed }: Chart): { on: string; minutes: number }[] {
  const starts = filed
    .filter((resource) => resource.resourceType === 'Encounter' && (resource.class as Coding).code === 'AMB')
    .map((encounter) => (encounter.period as { start: string }).start);
  return starts
    .sort()
    .map((start) => ({ on: start.slice(0, 10), minutes: Number(start.slice(11, 13)) * 60 + Number(start.slice(14, 16)) }));
}

function book(chart: Chart, on: string, minutes: number, status: Outcome): void {
  if (status !== 'booked' && on > chart.until) return;
  const attends = status === 'noshow' || status === 'cancelled' ? 'declined' : 'accepted';
  chart.add('Appointment', {
    status,
    cancelationReason: status === 'cancelled' ? concept(hl7('appointment-cancellation-reason'), ['pat', 'Patient']) : undefined,
    appointmentType: concept(
      hl7('v2-0276'),
      status === 'booked'
        ? ['FOLLOWUP', 'A follow up visit from a previous appointment']
        : ['ROUTINE', 'Routine appointment - default if not valued'],
    ),
    description: status === 'booked' ? 'Follow-up visit' : 'Office visit',
    start: instantAt(on, minutes),
    end: instantAt(on, minutes + 30),
    minutesDuration: 30,
    created: instantAt(addDays(on, -21), 620),
    participant: [
      { actor: chart.patient, required: 'required', status: attends },
      { actor: practitioner(chart.doctor), required: 'required', status: 'accepted' },
      { actor: facilities.clinic.location, required: 'information-only', status: 'accepted' },
    ],
  });
}
