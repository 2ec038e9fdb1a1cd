export type { FhirSource, Placed, Rendered } from './declaration';
export { mergeChanges } from './merge/merge';
export { deepEqual } from './merge/values';
export { type CodeableConcept, type Coding, type FhirResource, type Json, LOGICAL_ID, type Reference, type ResourceMeta } from './resource';
export * from './search/index-entries';
