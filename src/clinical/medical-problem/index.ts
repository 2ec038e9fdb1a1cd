import type { Domain } from '../../fhir';
import { MedicalProblemModule } from './medical-problem.module';

export { MedicalProblemService } from './medical-problem.service';

/** Its rows are issues; their table is the issue domain's. */
export const medicalProblemDomain: Domain = { name: 'medical_problem', module: MedicalProblemModule, tables: [], migrations: [] };
