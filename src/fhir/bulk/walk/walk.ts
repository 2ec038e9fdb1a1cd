import type { Sql } from '../../../database';
import type { Position } from '../export.job';

/** A version whose body is fetched when its turn comes. */
export interface VersionRef {
  resource: number;
  version: number;
  bytes: number;
}

/** Lines of NDJSON to be: stored bytes, and where more of them are. */
export interface Page {
  bodies: Buffer[];
  refs: VersionRef[];
  /** Where the next page begins; undefined after the last. */
  after?: Position;
}

/** Reads one page after another, in an order that no write disturbs. Given the same position, the same lines follow. */
export type Walk = (after: Position | undefined) => Promise<Page>;

/** What every walk needs to know. */
export interface WalkScope {
  sql: Sql;
  job: string;
  /** The state of affairs that is exported: that of this instant, whatever happens meanwhile. */
  at: number;
  since?: number;
  seesSensitive: boolean;
}

/** Larger bodies are fetched apart, a bounded number of bytes at a time: a page never exceeds PAGE_ROWS × INLINE_BYTES. */
export const INLINE_BYTES = 8 * 1024;
export const PAGE_ROWS = 2_000;

/** Whose resources a walk keeps, by the `patient` column of the store. */
export type Audience = 'all' | 'patients' | 'nobody';

export function belongs(audience: Audience, patient: number): boolean {
  if (audience === 'all') return true;
  return (patient !== 0) === (audience === 'patients');
}

/** All pages from `after` on; the next one is read while one is worked on. */
export async function* pages(walk: Walk, after: Position | undefined): AsyncGenerator<Page> {
  let reading = walk(after);
  for (;;) {
    const page = await reading;
    if (page.after) {
      reading = walk(page.after);
      // Whoever stops half-way never asks for this page; its failure concerns nobody then.
      reading.catch(() => {});
    }
    yield page;
    if (!page.after) return;
  }
}
