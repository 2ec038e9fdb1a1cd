import type { Domain } from '../../fhir';
import { CreatePractitioner, userTable } from './practitioner.entity';
import { PractitionerModule } from './practitioner.module';

export { linkPractitioners, type PersonLink } from './practitioner.links';
export { type PractitionerKey, practitionerKeys, PractitionerRepository } from './practitioner.repository';

export const practitionerDomain: Domain = { name: 'practitioner', module: PractitionerModule, tables: [userTable], migrations: [CreatePractitioner] };
