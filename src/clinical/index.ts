import type { Domain } from '../fhir';
import { allergyDomain } from './allergy';
import { encounterDomain } from './encounter';
import { issueDomain } from './issue';
import { medicalProblemDomain } from './medical-problem';
import { patientDomain } from './patient';
import { vitalDomain } from './vital';

/** The clinical domains, in the order in which their rows depend on each other. */
export const clinicalDomains: Domain[] = [patientDomain, encounterDomain, issueDomain, medicalProblemDomain, allergyDomain, vitalDomain];
