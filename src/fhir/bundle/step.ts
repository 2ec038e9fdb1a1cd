import type { SalusError } from '../../kernel';
import type { Change, StoredVersion, Written } from '../store';
import type { Entry } from './entry';

/** What an entry comes to, once ids and conditions are settled. */
export type Step =
  | { kind: 'write'; entry: Entry; change: Change }
  /** A conditional create whose resource exists (or is created by an earlier entry). */
  | { kind: 'existing'; entry: Entry; type: string; id: string }
  /** A conditional delete that matches nothing. */
  | { kind: 'nothing'; entry: Entry }
  | { kind: 'read'; entry: Entry };

/** What became of an entry. */
export type EntryResult =
  /** `written`: the last of `count`, where one delete concerned several. */
  | { kind: 'written'; entry: Entry; written: Written; count: number }
  | { kind: 'existing'; entry: Entry; stored: StoredVersion }
  | { kind: 'nothing'; entry: Entry }
  | { kind: 'read'; entry: Entry; body?: Buffer; version?: number; lastUpdated?: number; status: 200 | 304 }
  | { kind: 'refused'; index: number; error: SalusError };

/** How a Bundle is to be treated. */
export interface BundleOptions {
  /** Of this site's FHIR API. */
  baseUrl: string;
  /** A POST keeps the id its resource has, so that doing it again changes nothing (import). */
  keepIds?: boolean;
  /** Entries that cannot be processed are left out, the others stored (import of collections). */
  tolerant?: boolean;
  /** There is no Bundle: a temporary name is nobody's, and stays as it is. */
  lone?: boolean;
  /** Entries know nothing of each other's names (batch). */
  independent?: boolean;
  /** Logical references of master data become literal where they name exactly one resource (import). */
  linkLogical?: boolean;
}
