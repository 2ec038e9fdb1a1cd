import { declare, type FhirInteraction } from './route-rule';

/** A FHIR route: any valid token. The engine judges type and verb by `access.rules`, operations by their own scope. */
export const FhirRoute = (interaction: FhirInteraction) => declare({ surface: 'fhir', interaction });
