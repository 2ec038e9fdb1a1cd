import { portalPatientEmail, portalPatientId } from './people/leading-roles';
import { practitionerIdOf, type StaffKey, staff } from './practice/staff';

export type DemoRole = 'Administrators' | 'Physicians' | 'Clinicians' | 'Front Office';

/** A member of the demo staff who can sign in. */
export interface DemoLogin {
  username: string;
  password: string;
  given: string;
  family: string;
  role: DemoRole;
  npi?: string;
  practitionerId: string;
}

function login(key: StaffKey, username: string, password: string, role: DemoRole): DemoLogin {
  const { given, family, npi } = staff[key];
  return { username, password, given, family, role, ...(npi && { npi }), practitionerId: practitionerIdOf(key) };
}

/** Accounts for the demo staff; whoever loads the clinic creates them. The passwords are public. */
export const demoStaff: readonly DemoLogin[] = [
  login('smith', 'admin', 'pass', 'Administrators'),
  login('lee', 'physician', 'physician', 'Physicians'),
  login('nurse', 'clinician', 'clinician', 'Clinicians'),
  login('frontDesk', 'receptionist', 'receptionist', 'Front Office'),
];

/** The portal account of patient 1. */
export const demoPortalLogin = { username: 'Phil1', password: 'phil', email: portalPatientEmail, patientId: portalPatientId } as const;
