import type { FhirResource, Reference } from '#libs/fhir';
import { type DrugName, drugs } from '../codes/medications';
import { systems, usCore } from '../codes/systems';
import { stableUuid } from '../identity';
import { concept, refer } from '../values';

export const drugNames = Object.keys(drugs) as DrugName[];

export function formularyMedication(name: DrugName): Reference {
  return refer({ resourceType: 'Medication', id: stableUuid('medication', name) }, drugs[name].rxnorm[1]);
}

/** One Medication per drug the clinic keeps on its formulary. */
export function medicationResource(name: DrugName): FhirResource {
  return {
    resourceType: 'Medication',
    id: stableUuid('medication', name),
    meta: { profile: [usCore('us-core-medication')] },
    code: concept(systems.rxnorm, drugs[name].rxnorm),
    status: 'active',
  };
}
