import { capabilityParameters } from '../search';
import { canonicalOf, type OfferedOperation } from './offered-operations';

/** What is offered for every type alike. */
const INTERACTIONS = ['read', 'vread', 'update', 'patch', 'delete', 'history-instance', 'history-type', 'create', 'search-type'];

export interface TypeOffer {
  type: string;
  /** Canonicals of the profiles that are served or checked. */
  profiles: readonly string[];
  operations: readonly OfferedOperation[];
  conditionalDelete: 'single' | 'multiple';
  /** References to nothing are refused. */
  enforcesReferences: boolean;
  base: string;
}

/** `rest.resource` of the CapabilityStatement. An empty list is no valid JSON of FHIR. */
export function resourceCapability({ type, profiles, operations, conditionalDelete, enforcesReferences, base }: TypeOffer): object {
  const { searchParam, searchInclude, searchRevInclude } = capabilityParameters(type);
  return {
    type,
    profile: `http://hl7.org/fhir/StructureDefinition/${type}`,
    ...(profiles.length > 0 && { supportedProfile: profiles }),
    interaction: INTERACTIONS.map((code) => ({ code })),
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalRead: 'full-support',
    conditionalUpdate: true,
    conditionalDelete,
    referencePolicy: ['literal', 'logical', ...(enforcesReferences ? ['enforced'] : [])],
    ...(searchInclude.length > 0 && { searchInclude }),
    ...(searchRevInclude.length > 0 && { searchRevInclude }),
    searchParam,
    ...operationList(operations, base),
  };
}

export function operationList(operations: readonly OfferedOperation[], base: string): object {
  if (operations.length === 0) return {};
  return { operation: operations.map((operation) => ({ name: operation.name, definition: canonicalOf(operation, base), documentation: operation.description })) };
}
