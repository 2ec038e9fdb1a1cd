import type { Domain } from '../fhir';
import { encounterDomain } from './encounter';
import { patientDomain } from './patient';
import { vitalDomain } from './vital';

/** The clinical domains, in the order in which their rows depend on each other. */
export const clinicalDomains: Domain[] = [patientDomain, encounterDomain, vitalDomain];
