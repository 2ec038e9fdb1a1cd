import { parseScope } from '#libs/smart';

/** `patient/` scopes mean one patient's record: without one in context they would mean nothing, or everyone. */
export const needsPatient = (scopes: readonly string[]): boolean => scopes.includes('launch/patient') || scopes.some(isOfPatient);

function isOfPatient(text: string): boolean {
  const scope = parseScope(text);
  return scope !== undefined && scope.kind !== 'word' && scope.context === 'patient';
}
