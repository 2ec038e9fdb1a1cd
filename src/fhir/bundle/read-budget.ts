import { clock } from '../../kernel';
import { refusal } from './entry-refusal';
import type { EntryResult } from './step';

/** Of one response Bundle, which is put together in memory; many charts fit. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Nobody waits longer for an answer. */
const MOST_MS = 30_000;

/** What the reads, searches and operations of one Bundle may come to: a short request can ask for the same page thousands of times. */
export class ReadBudget {
  private bytes = 0;
  private readonly until = clock.now() + MOST_MS;

  /** Throws `too-large` for an entry that comes when all is spent. */
  async spend(index: number, read: () => Promise<EntryResult>): Promise<EntryResult> {
    if (this.bytes >= MOST_BYTES) throw refusal('too-large', index, '.request', `What the entries before this one read is ${MOST_BYTES / 1024 / 1024} MB already; ask for the rest in another Bundle.`, 'too-costly');
    if (clock.now() >= this.until) throw refusal('too-large', index, '.request', `What the entries before this one read has taken ${MOST_MS / 1000} seconds already; ask for the rest in another Bundle.`, 'too-costly');
    const result = await read();
    this.bytes += result.kind === 'read' ? (result.body?.length ?? 0) : 0;
    return result;
  }
}
