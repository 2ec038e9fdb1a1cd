const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const IDENTIFIER_MASK = 0x2545f491;

/**
 * The number that stands for a search parameter of a resource type in the index tables: 31 bits of FNV-1a, the same
 * for ever. `npm run generate` fails if two of them, or those of `referenceIdentifierParam`, were ever to meet.
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
