import { type TransactionBundle, transactionOf } from '../bundle';
import { facilities, facilityLocation, facilityOrganization } from './facilities';
import { drugNames, medicationResource } from './formulary';
import { partnerKeys, partnerOrganization } from './partners';
import { personResources } from './office';
import { questionnaireResources } from './questionnaires';
import { healthcareService, valueSets } from './services';
import { directEndpoint, practitionerResource, practitionerRoleResource, staffKeys } from './staff';

/** Everything patients' records refer to: places, partners, people, formulary and forms. */
export function masterBundle(): TransactionBundle {
  const places = Object.values(facilities);
  return transactionOf([
    ...places.map(facilityOrganization),
    ...places.map(facilityLocation),
    ...partnerKeys.map(partnerOrganization),
    directEndpoint(),
    ...staffKeys.map(practitionerResource),
    ...staffKeys.map(practitionerRoleResource),
    healthcareService(),
    ...personResources(),
    ...drugNames.map(medicationResource),
    ...questionnaireResources(),
    ...valueSets(),
  ]);
}
