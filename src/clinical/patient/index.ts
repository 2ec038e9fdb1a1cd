import type { Domain } from '../../fhir';
import { CreatePatient, patientTable } from './patient.entity';
import { PatientModule } from './patient.module';

export { type PatientKey, PatientRepository, patientNumbers } from './patient.repository';
export { PatientService } from './patient.service';
export { patientView, type PatientView } from './patient.view';

export const patientDomain: Domain = { name: 'patient', module: PatientModule, tables: [patientTable], migrations: [CreatePatient] };
