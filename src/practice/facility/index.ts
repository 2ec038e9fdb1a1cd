import type { Domain } from '../../fhir';
import { CreateFacility, facilityTable } from './facility.entity';
import { FacilityModule } from './facility.module';

export { type FacilityKey, facilityKeys, FacilityRepository, locationIdOf } from './facility.repository';

export const facilityDomain: Domain = { name: 'facility', module: FacilityModule, tables: [facilityTable], migrations: [CreateFacility] };
