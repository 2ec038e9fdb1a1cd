import type { Reference } from '#libs/fhir';
import { addMonths, laterOf } from '../calendar';
import type { Chart } from '../chart';
import { facilities } from '../practice/facilities';
import { practitioner, practitionerRole } from '../practice/staff';
import { type Code, refer, snomed } from '../values';

/** Who looks after the patient: doctor, nurse, relative, and the patient. */
export function assembleCareTeam(chart: Chart, relative: Reference): Reference {
  const { doctor, patient, person, asOf } = chart;
  const start = laterOf(person.birthDate, addMonths(asOf, -36));
  const member = (role: Code, reference: Reference) => ({ role: [snomed(role)], member: reference, period: { start } });
  const team = chart.addProfiled('CareTeam', 'us-core-careteam', {
    status: person.deceased ? 'inactive' : 'active',
    name: `Care team of ${patient.display}`,
    subject: patient,
    period: { start, end: person.deceased },
    participant: [
      member(['453231000124104', 'Primary care provider'], practitioner(doctor)),
      ...(person.edition === '3.1.1'
        ? [member(['224535009', 'Registered nurse'], practitioner('nurse')), member(['43741000', 'Site of care'], facilities.clinic.organization)]
        : [member(['224535009', 'Registered nurse'], practitionerRole('nurse')), member(['133932002', 'Caregiver'], relative)]),
      member(['116154003', 'Patient'], patient),
    ],
    managingOrganization: [facilities.clinic.organization],
  });
  return refer(team, 'Care team');
}
