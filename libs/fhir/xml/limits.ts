/**
 * Deeper nesting of elements, or of markup, than this is refused; no FHIR resource comes near. The parser looks for
 * namespaces upwards from each element, so depth costs its square.
 */
export const MAX_DEPTH = 64;

/** More attributes than this has no element of FHIR, and of markup none that is meant well. */
export const MAX_ATTRIBUTES = 64;
