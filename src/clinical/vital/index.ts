import type { Domain } from '../../fhir';
import { CreateVital, vitalTable } from './vital.entity';
import { VitalModule } from './vital.module';

export const vitalDomain: Domain = { name: 'vital', module: VitalModule, tables: [vitalTable], migrations: [CreateVital] };
