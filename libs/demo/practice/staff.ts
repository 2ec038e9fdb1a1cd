import type { FhirResource, Reference } from '#libs/fhir';
import { clinicSystem, hl7, systems, usCore } from '../codes/systems';
import { demoNpi, stableUuid } from '../identity';
import { type Code, coding, concept, refer, snomed } from '../values';
import { facilities } from './facilities';
import { familyMedicine } from './services';

export type StaffKey = 'smith' | 'lee' | 'nurse' | 'frontDesk' | 'pediatrician' | 'obstetrician';

export interface StaffMember {
  given: string;
  family: string;
  prefix?: string;
  credential?: string;
  gender: 'female' | 'male';
  birthDate: string;
  /** Licensed to treat, hence with an NPI. */
  npi?: string;
  employeeNumber: string;
  role: Code;
  taxonomy?: Code;
  specialty?: Code;
  phone: string;
}

export const staff: Record<StaffKey, StaffMember> = {
  smith: {
    given: 'Billy',
    family: 'Smith',
    prefix: 'Dr.',
    credential: 'MD',
    gender: 'male',
    birthDate: '1969-04-17',
    npi: demoNpi(101),
    employeeNumber: 'E-1001',
    role: ['doctor', 'Doctor'],
    taxonomy: ['207Q00000X', 'Family Medicine Physician'],
    specialty: ['419772000', 'Family practice'],
    phone: '(928) 555-0111',
  },
  lee: {
    given: 'Donna',
    family: 'Lee',
    prefix: 'Dr.',
    credential: 'MD',
    gender: 'female',
    birthDate: '1978-09-02',
    npi: demoNpi(102),
    employeeNumber: 'E-1002',
    role: ['doctor', 'Doctor'],
    taxonomy: ['207R00000X', 'Internal Medicine Physician'],
    specialty: ['419192003', 'Internal medicine'],
    phone: '(928) 555-0112',
  },
  nurse: {
    given: 'Marisol',
    family: 'Quintero',
    credential: 'RN',
    gender: 'female',
    birthDate: '1985-12-11',
    npi: demoNpi(103),
    employeeNumber: 'E-1003',
    role: ['nurse', 'Nurse'],
    taxonomy: ['163W00000X', 'Registered Nurse'],
    specialty: ['419772000', 'Family practice'],
    phone: '(928) 555-0113',
  },
  frontDesk: {
    given: 'Tess',
    family: 'Albright',
    gender: 'female',
    birthDate: '1994-06-30',
    employeeNumber: 'E-1004',
    role: ['159561009', 'Receptionist'],
    phone: '(928) 555-0110',
  },
  pediatrician: {
    given: 'Anand',
    family: 'Raghunathan',
    prefix: 'Dr.',
    credential: 'MD',
    gender: 'male',
    birthDate: '1981-01-25',
    npi: demoNpi(104),
    employeeNumber: 'E-1005',
    role: ['doctor', 'Doctor'],
    taxonomy: ['208000000X', 'Pediatrics Physician'],
    specialty: ['394537008', 'Pediatric specialty'],
    phone: '(928) 555-0114',
  },
  obstetrician: {
    given: 'Ingrid',
    family: 'Solheim',
    prefix: 'Dr.',
    credential: 'MD',
    gender: 'female',
    birthDate: '1975-07-08',
    npi: demoNpi(105),
    employeeNumber: 'E-1006',
    role: ['doctor', 'Doctor'],
    taxonomy: ['207V00000X', 'Obstetrics & Gynecology Physician'],
    specialty: ['394586005', 'Gynecology'],
    phone: '(928) 555-0115',
  },
};

export const staffKeys = Object.keys(staff) as StaffKey[];

export const practitionerIdOf = (key: StaffKey) => stableUuid('practitioner', key);
const roleIdOf = (key: StaffKey) => stableUuid('practitioner-role', key);

export function fullName(key: StaffKey): string {
  const { prefix, given, family, credential } = staff[key];
  return [prefix, given, credential ? `${family}, ${credential}` : family].filter(Boolean).join(' ');
}

export function practitioner(key: StaffKey): Reference {
  return refer({ resourceType: 'Practitioner', id: practitionerIdOf(key) }, fullName(key));
}

export function practitionerRole(key: StaffKey): Reference {
  return refer({ resourceType: 'PractitionerRole', id: roleIdOf(key) }, `${fullName(key)}, ${staff[key].role[1]}`);
}

export function practitionerResource(key: StaffKey): FhirResource {
  const member = staff[key];
  const number = {
    use: 'secondary',
    type: concept(hl7('v2-0203'), ['EI', 'Employee number']),
    system: clinicSystem('employee-number'),
    value: member.employeeNumber,
  };
  return {
    resourceType: 'Practitioner',
    id: practitionerIdOf(key),
    meta: { profile: [usCore('us-core-practitioner')] },
    identifier: member.npi ? [{ use: 'official', system: systems.npi, value: member.npi }, number] : [number],
    active: true,
    name: [
      {
        use: 'official',
        family: member.family,
        given: [member.given],
        ...(member.prefix && { prefix: [member.prefix] }),
        ...(member.credential && { suffix: [member.credential] }),
      },
    ],
    telecom: telecomOf(key),
    address: [{ use: 'work', type: 'both', ...facilities.clinic.address }],
    gender: member.gender,
    birthDate: member.birthDate,
    ...(member.credential && { qualification: [{ code: { text: member.credential } }] }),
  };
}

function telecomOf(key: StaffKey) {
  const member = staff[key];
  return [
    { system: 'phone', value: member.phone, use: 'work' },
    { system: 'email', value: `${member.given}.${member.family}@cedarmesa.example`.toLowerCase(), use: 'work' },
  ];
}

const directEndpointId = stableUuid('endpoint', 'direct');

/** Where other practices send documents by Direct secure mail. */
export function directEndpoint(): FhirResource {
  return {
    resourceType: 'Endpoint',
    id: directEndpointId,
    status: 'active',
    connectionType: coding(hl7('endpoint-connection-type'), ['direct-project', 'Direct Project']),
    name: 'Cedar Mesa Direct mailbox',
    managingOrganization: facilities.clinic.organization,
    payloadType: [coded('any', 'Any')],
    address: 'mailto:records@direct.cedarmesa.example',
  };
}

const coded = (code: string, display: string) => concept(hl7('endpoint-payload-type'), [code, display]);

export function practitionerRoleResource(key: StaffKey): FhirResource {
  const { npi } = staff[key];
  return {
    resourceType: 'PractitionerRole',
    id: roleIdOf(key),
    meta: { profile: [usCore('us-core-practitionerrole')] },
    active: true,
    practitioner: practitioner(key),
    organization: facilities.clinic.organization,
    ...dutiesOf(staff[key]),
    location: npi ? [facilities.clinic.location, facilities.hospital.location] : [facilities.clinic.location],
    telecom: telecomOf(key),
    availableTime: [{ daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri'], availableStartTime: '08:00:00', availableEndTime: '17:00:00' }],
    ...(npi && { healthcareService: [familyMedicine] }),
    endpoint: [refer({ resourceType: 'Endpoint', id: directEndpointId })],
  };
}

/** Those who treat have a taxonomy and a specialty; the front desk has a job. */
function dutiesOf({ role, taxonomy, specialty }: StaffMember) {
  if (!taxonomy || !specialty) return { code: [snomed(role)] };
  return {
    code: [{ coding: [coding(hl7('practitioner-role'), role), coding(systems.taxonomy, taxonomy)], text: role[1] }],
    specialty: [{ coding: [coding(systems.taxonomy, taxonomy), coding(systems.snomed, specialty)], text: specialty[1] }],
  };
}
