import type { Domain } from '../../fhir';
import { AllergyModule } from './allergy.module';

export { AllergyService } from './allergy.service';

/** Its rows are issues; their table is the issue domain's. */
export const allergyDomain: Domain = { name: 'allergy', module: AllergyModule, tables: [], migrations: [] };
