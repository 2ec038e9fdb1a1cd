export type AccountKind = 'users' | 'patient';

/** Someone who can sign in: staff (`users`) or a patient with access to their own record. */
export interface Account {
  kind: AccountKind;
  id: string;
  username: string;
  displayName: string;
  given?: string;
  family?: string;
  email?: string;
  phone?: string;
  address?: string;
  enabled: boolean;
  /** Milliseconds since the epoch; what was signed in before it must sign in anew. */
  passwordChangedAt: number;
  /** ACL group of staff: `Administrators`, `Physicians`, … */
  group?: string;
  /** `Practitioner/<id>`, `Person/<id>` or `Patient/<id>` */
  fhirUser: string;
  /** Logical id of the patient's own record; patients only. */
  patient?: string;
}

export interface Credentials {
  kind: AccountKind;
  username: string;
  password: string;
  /** Patients must give the e-mail address on file. */
  email?: string;
  /** Where the attempt comes from; guessing across many names is slowed down by it. */
  address?: string;
}

export interface NewAccount {
  kind: AccountKind;
  /** Made when absent. */
  id?: string;
  username: string;
  password: string;
  displayName: string;
  given?: string;
  family?: string;
  email?: string;
  phone?: string;
  address?: string;
  group?: string;
  fhirUser?: string;
  patient?: string;
}
