import { Injectable } from '@nestjs/common';
import type { PatientDirectory, PatientListing, PatientQuery } from '../../auth';
import { PatientRepository } from './patient.repository';
import type { PatientRow } from './patient.entity';

/** What the sign-in pages may know of patients: enough to choose one. */
@Injectable()
export class PatientDirectoryOfTable implements PatientDirectory {
  constructor(private readonly patients: PatientRepository) {}

  async search({ fname, mname, lname, dob }: PatientQuery, limit: number): Promise<{ patients: PatientListing[]; more: boolean }> {
    const { rows, more } = await this.patients.find({ fname, mname, lname, DOB: dob, _sort: 'lname,fname' }, { limit, offset: 0 });
    return { patients: rows.map(listing), more };
  }

  async byId(id: string): Promise<PatientListing | undefined> {
    const row = await this.patients.byUuid(id);
    return row && listing(row);
  }
}

function listing(row: PatientRow): PatientListing {
  const name = [row.fname, row.mname, row.lname].filter(Boolean).join(' ');
  return { id: row.uuid, name, birthDate: row.DOB ?? undefined, gender: row.sex ?? undefined, mrn: row.pubpid ?? undefined } as PatientListing;
}
