import type { ValidationTrail } from '../definitions/validation-trail';
import { many, one } from './path-members';
import { checkAgainst, knownProfiles } from './profile-registry';

/** Checks a resource against the profiles it claims (`meta.profile`), and against others that are asked for. */
export function checkProfiles(resource: unknown, type: string, trail: ValidationTrail, asked: readonly string[] = []): void {
  const claimed = many(one(resource, 'meta'), 'profile').filter((profile) => typeof profile === 'string');
  if (claimed.length === 0 && asked.length === 0) return;
  for (const canonical of new Set([...claimed, ...asked])) checkProfile(canonical, resource, type, trail);
}

function checkProfile(canonical: string, resource: unknown, type: string, trail: ValidationTrail): void {
  const profile = knownProfiles(canonical).next().value;
  if (!profile) {
    if (trail.isThorough) trail.report('not-supported', 'A claimed profile is not known here; it was not checked.', 'meta.profile', 'information');
  } else if (profile.type !== type) {
    trail.against(profile.canonical, () => trail.report('invalid', `The profile is one of ${profile.type}, not of ${type}: claim another, or none.`, 'meta.profile'));
  } else checkAgainst(canonical, resource, trail);
}
