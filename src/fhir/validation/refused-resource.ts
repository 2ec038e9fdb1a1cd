import { type ValidationIssue, validateResource } from '#libs/fhir';
import { invalid, type Problem, type SalusError, unprocessable } from '../../kernel';

/**
 * Why a resource may not be stored; undefined if it may. What R4 itself forbids is a bad request (400); what only a profile
 * or the definition of an extension forbids cannot be processed (422), as R4 §3.1.0.8 tells the two apart.
 * `place` turns the path in the resource into one in what was sent.
 */
export function refusedResource(resource: unknown, type: string, place: (path: string) => string = (path) => path): SalusError | undefined {
  const issues = validateResource(resource);
  if (issues.length === 0) return undefined;
  const problems = issues.map((issue) => problemOf(issue, place));
  const isProfiles = issues.every(({ profile }) => profile !== undefined);
  return isProfiles
    ? unprocessable(`This ${type} does not keep a profile that it claims, or the definition of an extension in it. Mend what is named, or do not claim the profile.`, problems)
    : invalid(`This ${type} is not valid FHIR R4. Mend what is named and send it again.`, problems);
}

/** What is wrong, and who wants it so. */
export function explained({ diagnostics, profile }: ValidationIssue): string {
  return profile === undefined ? diagnostics : `${diagnostics} Wanted by ${profile}.`;
}

function problemOf(issue: ValidationIssue, place: (path: string) => string): Problem {
  return { path: place(issue.expression), rule: issue.code, message: explained(issue) };
}
