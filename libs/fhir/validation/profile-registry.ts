import type { ValidationTrail } from '../definitions/validation-trail';
import { one } from './path-members';
import type { Definitions, ProfileCheck, ProfileDefinition } from './profile-checks';

/** A profile, or the definition of an extension, in one version. */
export interface KnownProfile {
  /** With its version: `…/us-core-patient|8.0.0`. */
  canonical: string;
  /** The type that it is about. */
  type: string;
  check: (value: unknown, trail: ValidationTrail) => void;
}

/** A generated file of definitions. It is loaded when one of its definitions is first asked for: most servers meet few of them. */
interface Release {
  prefix: string;
  version: string;
  load: () => { DEFINITIONS: readonly ProfileDefinition[] };
}

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition/';
const R4 = 'http://hl7.org/fhir/StructureDefinition/';

/** Newest versions first. */
const RELEASES: readonly Release[] = [
  { prefix: US_CORE, version: '8.0.0', load: () => require('../generated/profiles/us-core-8.0.0') },
  { prefix: US_CORE, version: '7.0.0', load: () => require('../generated/profiles/us-core-7.0.0') },
  { prefix: US_CORE, version: '6.1.0', load: () => require('../generated/profiles/us-core-6.1.0') },
  { prefix: US_CORE, version: '3.1.1', load: () => require('../generated/profiles/us-core-3.1.1') },
  { prefix: R4, version: '4.0.1', load: () => require('../generated/profiles/r4-extensions') },
  { prefix: R4, version: '4.0.1', load: () => require('../generated/profiles/r4-profiles') },
];

const loaded = new Map<Release, ReadonlyMap<string, KnownProfile>>();

/** The definitions of a canonical URL, newest first; with a version (`url|version`) only that one. None for what is not known. */
export function* knownProfiles(canonical: string): Generator<KnownProfile> {
  const [url = '', version] = canonical.split('|');
  for (const release of RELEASES) {
    if (!url.startsWith(release.prefix) || (version !== undefined && version !== release.version)) continue;
    const found = definitionsOf(release).get(url);
    if (found) yield found;
  }
}

/** True for a profile that resources can be checked against. */
export function isKnownProfile(canonical: string): boolean {
  return knownProfiles(canonical).next().done !== true;
}

/** URLs of the profiles of US Core, in any version, that are about a type. */
export function usCoreProfilesOf(type: string): string[] {
  const releases = RELEASES.filter(({ prefix }) => prefix === US_CORE);
  const found = releases.flatMap((release) => [...definitionsOf(release)].filter(([, profile]) => profile.type === type).map(([url]) => url));
  return [...new Set(found)].sort();
}

/**
 * Checks a value against a canonical URL. Where that names no version, any version will do (US Core's content rules are
 * nearly cumulative and one server may serve clients of several); the newest one's complaints are told if none does.
 */
export function checkAgainst(canonical: string, value: unknown, trail: ValidationTrail): void {
  let complaints: ReturnType<ValidationTrail['aside']> | undefined;
  for (const profile of knownProfiles(canonical)) {
    const found = trail.aside(() => profile.check(value, trail));
    if (found.every((issue) => issue.severity !== 'error')) return trail.take(found);
    complaints ??= found;
  }
  if (complaints) trail.take(complaints);
}

/** Checks an extension against its definition, if that is known. */
export function checkExtension(value: unknown, trail: ValidationTrail): void {
  const url = one(value, 'url');
  if (typeof url === 'string' && (url.startsWith(R4) || url.startsWith(US_CORE))) checkAgainst(url, value, trail);
}

function definitionsOf(release: Release): ReadonlyMap<string, KnownProfile> {
  let definitions = loaded.get(release);
  if (definitions === undefined) {
    definitions = new Map(release.load().DEFINITIONS.map(([url, type, check]) => [url, known(url, type, check, release)]));
    loaded.set(release, definitions);
  }
  return definitions;
}

function known(url: string, type: string, check: ProfileCheck, release: Release): KnownProfile {
  const canonical = `${url}|${release.version}`;
  return { canonical, type, check: (value, trail) => trail.against(canonical, () => check(value, trail, within(release))) };
}

/** Definitions that a profile refers to are those of its own release, else R4's. */
function within(release: Release): Definitions {
  return {
    extension: (value, trail, url) => {
      const own = url.startsWith(release.prefix) ? definitionsOf(release).get(url) : undefined;
      if (own) own.check(value, trail);
      else if (!url.startsWith(release.prefix)) checkAgainst(url, value, trail);
    },
  };
}
