import type { Domain } from '../fhir';
import { facilityDomain } from './facility';
import { practitionerDomain } from './practitioner';

/** The domains of running a practice, in the order in which their rows depend on each other. */
export const practiceDomains: Domain[] = [facilityDomain, practitionerDomain];
