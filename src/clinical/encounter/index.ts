import type { Domain } from '../../fhir';
import { CreateEncounter, encounterTable } from './encounter.entity';
import { EncounterModule } from './encounter.module';

export { type EncounterKey, EncounterRepository, encounterKeys } from './encounter.repository';
export { EncounterService } from './encounter.service';
export { type EncounterView, encounterViews } from './encounter.view';

export const encounterDomain: Domain = { name: 'encounter', module: EncounterModule, tables: [encounterTable], migrations: [CreateEncounter] };
