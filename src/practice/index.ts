import type { Domain } from '../fhir';

/** The domains of running a practice, in the order in which their rows depend on each other. */
export const practiceDomains: Domain[] = [];
