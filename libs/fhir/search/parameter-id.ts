const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const IDENTIFIER_MASK = 0x2545f491;
const TEXT_MASK = 0x1b873593;
const IDENTIFIER_TYPE_MASK = 0x5bd1e995;
const VERSION_MASK = 0x3c6ef372;

/**
 * The number that stands for a search parameter of a resource type in the index tables: 31 bits of FNV-1a, the same
 * for ever. `npm run generate` fails if two of them, or their companions below, were ever to meet.
 */
export function searchParameterId(resourceType: string, code: string): number {
  let hash = FNV_OFFSET;
  for (const char of `${resourceType}.${code}`) hash = Math.imul(hash ^ char.charCodeAt(0), FNV_PRIME);
  return hash & 0x7fffffff;
}

/** The number under which `Reference.identifier` of a reference parameter is indexed as a token (`subject:identifier=…`). */
export function referenceIdentifierParam(id: number): number {
  return id ^ IDENTIFIER_MASK;
}

/** The number under which the texts of a token parameter are indexed as strings (`code:text=…`). */
export function tokenTextParam(id: number): number {
  return id ^ TEXT_MASK;
}

/** The number under which identifiers are indexed together with their types (`identifier:of-type=…`). */
export function identifierTypeParam(id: number): number {
  return id ^ IDENTIFIER_TYPE_MASK;
}

/** The number under which references that name a version are indexed with it. */
export function versionedReferenceParam(id: number): number {
  return id ^ VERSION_MASK;
}

/** Every number that belongs to a search parameter. */
export function parameterNumbers(id: number): number[] {
  return [id, referenceIdentifierParam(id), tokenTextParam(id), identifierTypeParam(id), versionedReferenceParam(id)];
}
