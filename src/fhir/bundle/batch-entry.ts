import { referencesIn } from '#libs/fhir';
import { log, SalusError } from '../../kernel';
import type { Entry } from './entry';
import { ofEntry, refusal } from './entry-refusal';

/**
 * Entries of a batch must not depend on each other (R4 §3.1.0.11.1): a reference to a resource that the same batch
 * creates has no meaning, since that one may fail.
 */
export function checkIndependent(entry: Entry, created: ReadonlySet<string>): void {
  if (!entry.resource || created.size === 0) return;
  const linked = referencesIn(entry.resource).some((reference) => created.has(reference) && reference !== entry.fullUrl);
  if (linked) throw refusal('unprocessable', entry.index, '.resource', 'Refers to another entry of the batch; send what belongs together as a transaction.', 'processing');
}

/** What other entries could call the resources that a batch creates. */
export const createdNames = (entries: readonly Entry[]): Set<string> => new Set(entries.flatMap(({ method, fullUrl }) => (method === 'POST' && fullUrl !== undefined ? [fullUrl] : [])));

const BUSY = new Set(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD', 'SQLITE_BUSY']);

/** One entry's failure is its own: it is answered, and the batch goes on. */
export function entryFailure(index: number, thrown: unknown): SalusError {
  if (thrown instanceof SalusError) return ofEntry(index, thrown);
  const code = (thrown as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && BUSY.has(code)) return refusal('conflict', index, '', 'Someone else was writing the same records; try again.', 'conflict');
  log.error({ err: thrown, entry: index }, 'a batch entry failed');
  return refusal('fault', index, '', 'Something went wrong on the server.', 'exception');
}
