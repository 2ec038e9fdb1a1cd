import { compartmentTypes, resourceTypes } from '#libs/fhir';
import { type Access, forbidden, invalid } from '../../../kernel';

export type ExportLevel = 'system' | 'patient' | 'group';

/**
 * What records of patients refer to and belongs to nobody: exported with them at Patient and Group level
 * ((g)(10) lists these beside the compartment).
 */
export const SHARED_TYPES: readonly string[] = [
  'Endpoint', 'HealthcareService', 'Location', 'Medication', 'Organization', 'Practitioner', 'PractitionerRole',
];

/**
 * May the token read all of this type? A right confined to one patient, or to a category (granular scope), is less
 * than an export of the type would give.
 */
export function mayReadAll(access: Access, type: string): boolean {
  return access.rules.some((rule) => (rule.type === type || rule.type === '*') && (rule.verbs.has('r') || rule.verbs.has('s')) && !rule.patient && !rule.filter);
}

/** What an attachment names stays behind its address at these levels: no file of its own (Bulk Data, attachments). */
const isOffered = (level: ExportLevel, type: string): boolean => level === 'system' || (compartmentTypes.has(type) && type !== 'Binary') || SHARED_TYPES.includes(type);

/**
 * The types an export will hold: those asked for, or all, as far as the level has them and the token may read them.
 * A type that was named and may not be read is refused; one that was not named is left out.
 */
export function exportableTypes(access: Access, level: ExportLevel, named: readonly string[] | undefined, lenient: boolean): string[] {
  const misplaced = lenient ? [] : (named ?? []).filter((type) => !isOffered(level, type));
  if (misplaced.length > 0) throw invalid(`${misplaced.join(', ')}: not part of a patient's record; export it at system level.`);
  const wanted = (named ?? resourceTypes).filter((type) => isOffered(level, type));
  const readable = wanted.filter((type) => mayReadAll(access, type));
  const refused = wanted.filter((type) => !readable.includes(type));
  if (named && refused.length > 0) throw forbidden(`The token does not allow reading every ${refused.join(', ')}.`);
  if (!named && readable.length === 0) throw forbidden('The token does not allow reading any type of resource.');
  return [...readable].sort();
}
