import type { VersionCondition } from '../store';

const TAG = /^(?:W\/)?"(\d{1,9})"$/;

/** `W/"3"` or `*` of `If-Match` (RFC 9110 §13.1.1); undefined for anything else. */
export function versionCondition(text: string): VersionCondition | undefined {
  if (text.trim() === '*') return '*';
  const version = TAG.exec(text.trim())?.[1];
  return version === undefined ? undefined : Number(version);
}

/** Does a reader who sends `If-None-Match: text` have this version already (RFC 9110 §13.1.2)? */
export function hasVersion(text: string, version: number): boolean {
  return text.split(',').some((tag) => tag.trim() === '*' || TAG.exec(tag.trim())?.[1] === String(version));
}

/** Has nothing changed since the date a reader sends (`If-Modified-Since`)? HTTP dates end at the second. */
export function isUnmodifiedSince(date: string, lastUpdated: number): boolean {
  const since = Date.parse(date);
  return !Number.isNaN(since) && Math.floor(lastUpdated / 1000) <= Math.floor(since / 1000);
}

/** What a reader has already, as headers or as elements of a Bundle entry. A version tells more than a date and goes first. */
export interface ReadCondition {
  ifNoneMatch?: string;
  ifModifiedSince?: string;
}

export function isKnownToReader({ ifNoneMatch, ifModifiedSince }: ReadCondition, { version, lastUpdated }: { version: number; lastUpdated: number }): boolean {
  if (ifNoneMatch !== undefined) return hasVersion(ifNoneMatch, version);
  return ifModifiedSince !== undefined && isUnmodifiedSince(ifModifiedSince, lastUpdated);
}
