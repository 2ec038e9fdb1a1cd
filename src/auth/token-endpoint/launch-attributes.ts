import type { Grant } from '../tokens/grant';

/** The launch context as a token response and introspection tell it (SMART App Launch 2.2, "Launch context arrives with your access_token"). */
export function launchAttributes(grant: Grant, scopes: readonly string[], oauthBase: string): Record<string, unknown> {
  const launched = scopes.includes('launch') || scopes.includes('launch/patient');
  const patient = launched || scopes.some((scope) => scope.startsWith('patient/')) ? grant.patient : undefined;
  const { intent, fhirContext, needPatientBanner } = grant.launch;
  return {
    ...(patient && { patient }),
    ...(grant.encounter && { encounter: grant.encounter }),
    ...(intent && { intent }),
    ...(fhirContext?.length && { fhirContext }),
    ...(launched && { need_patient_banner: needPatientBanner ?? !scopes.includes('launch'), smart_style_url: `${oauthBase}/smart/smart-style` }),
  };
}

/** Gate scopes are between OpenEMR's clients and its routes; responses leave them out as upstream does. */
export const visibleScopes = (scopes: readonly string[]): string[] => scopes.filter((scope) => !scope.startsWith('api:'));
