import type { Reference } from '#libs/fhir';
import { addMonths, laterOf } from '../calendar';
import type { Chart } from '../chart';
import { clinicSystem, hl7, systems } from '../codes/systems';
import { partner } from '../practice/partners';
import { type Code, coding, concept } from '../values';

const preferredProvider: Code = ['512', 'Commercial Managed Care - PPO'];
const medicareManaged: Code = ['111', 'Medicare HMO'];

/** Insures the patient: elders through Medicare, children through the parent who subscribes. */
export function insure(chart: Chart, relative: Reference): void {
  const { person, asOf } = chart;
  const age = chart.ageOn(asOf);
  const member = `HD${String(4000000 + person.number)}`;
  const subscribes = age >= 18;
  const start = laterOf(person.birthDate, addMonths(asOf, -46));
  chart.addProfiled('Coverage', 'us-core-coverage', {
    identifier: [
      {
        type: concept(hl7('v2-0203'), ['MB', 'Member Number']),
        system: clinicSystem('member'),
        value: `${member}-${subscribes ? '01' : '02'}`,
      },
    ],
    status: person.deceased ? 'cancelled' : 'active',
    type: {
      coding: [coding(systems.paymentType, age >= 65 ? medicareManaged : preferredProvider)],
      text: age >= 65 ? 'Medicare HMO' : 'PPO',
    },
    subscriber: subscribes ? chart.patient : relative,
    subscriberId: member,
    beneficiary: chart.patient,
    relationship: concept(hl7('subscriber-relationship'), subscribes ? ['self', 'Self'] : ['child', 'Child']),
    period: { start, end: person.deceased },
    payor: [partner(age >= 65 ? 'medicarePlan' : 'payer')],
    class: [
      { type: concept(hl7('coverage-class'), ['group', 'Group']), value: 'HD-2200', name: 'Juniper County employees' },
      {
        type: concept(hl7('coverage-class'), ['plan', 'Plan']),
        value: 'SILVER',
        name: age >= 65 ? 'High Desert Advantage' : 'High Desert Silver',
      },
    ],
    order: 1,
  });
}
