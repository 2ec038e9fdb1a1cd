import type { Reference } from '#libs/fhir';
import type { Chart } from '../chart';
import { givenNames } from '../codes/names';
import { hl7, systems } from '../codes/systems';
import { languages } from '../codes/heritage';
import { postal } from '../people/patient';
import type { Sex } from '../people/person';
import { type Code, coding, concept, refer } from '../values';

/** The person to call, and who stands in for a child. */
export interface Relative {
  reference: Reference;
  /** The same person as a contact of the Patient resource. */
  contact: object;
}

const kin = {
  mother: ['MTH', 'mother'],
  spouse: ['SPS', 'spouse'],
  sibling: ['SIB', 'sibling'],
  child: ['CHILD', 'child'],
} satisfies Record<string, Code>;

/** Files the patient's nearest relative: a child's mother, a wife or husband, else a sister or grown child. */
export function fileRelative(chart: Chart): Relative {
  const { person, random } = chart;
  const relation = nearest(chart);
  const sex: Sex = relation === 'mother' ? 'female' : random.pick(['female', 'male'] as const);
  const name = { use: 'official', family: person.family, given: [random.pick(givenNames[sex])] };
  const telecom = [
    { system: 'phone', value: `(928) 555-01${String(random.integer(0, 99)).padStart(2, '0')}`, use: 'mobile' },
    { system: 'email', value: `relative${person.number}@mail.example`, use: 'home' },
  ];
  const address = { use: 'home', ...postal(person.address) };
  const relationship = [concept(hl7('v3-RoleCode'), kin[relation])];
  const relative = chart.addProfiled('RelatedPerson', 'us-core-relatedperson', {
    active: true,
    patient: chart.patient,
    relationship,
    name: [name],
    telecom,
    gender: sex,
    address: [address],
    communication: [{ language: { coding: [coding(systems.language, languages.english)] }, preferred: true }],
  });
  const emergency = concept(hl7('v2-0131'), ['C', 'Emergency Contact']);
  return {
    reference: refer(relative, `${name.given[0]} ${name.family}`),
    contact: { relationship: [...relationship, emergency], name, telecom, address, gender: sex },
  };
}

function nearest(chart: Chart): keyof typeof kin {
  const age = chart.ageOn(chart.asOf);
  if (age < 18) return 'mother';
  if (chart.person.married) return 'spouse';
  return age > 65 ? 'child' : 'sibling';
}
