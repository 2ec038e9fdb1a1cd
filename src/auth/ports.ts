/** A patient as shown to someone choosing whose record an app may see. */
export interface PatientListing {
  id: string;
  name: string;
  birthDate?: string;
  gender?: string;
  mrn?: string;
}

/** Names are matched as the clinic's own search does; absent fields do not restrict. */
export interface PatientQuery {
  fname?: string;
  mname?: string;
  lname?: string;
  dob?: string;
}

/** How the authorization server looks patients up without knowing where they are kept. */
export interface PatientDirectory {
  search(query: PatientQuery, limit: number): Promise<{ patients: PatientListing[]; more: boolean }>;
  byId(id: string): Promise<PatientListing | undefined>;
}

/** Injection token of the patient directory; provided by a higher layer. */
export const PATIENT_DIRECTORY = Symbol('PATIENT_DIRECTORY');
