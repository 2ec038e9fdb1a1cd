import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database';
import type { Access } from '../../kernel';
import type { Change, Item, Written } from './change';

/** Takes part in every write, within its transaction. What it throws takes the write back. */
export interface WriteObserver {
  /** Before anything is judged: what the server adds to what the caller sent. */
  complete?(access: Access, change: Change): Change;
  /** Before anything is stored: may refuse, or change what is. */
  prepare?(tx: Tx, access: Access, items: readonly Item[]): Promise<void>;
  /** After it was stored; results in the order of the items. */
  written(tx: Tx, access: Access, items: readonly Item[], written: readonly Written[]): Promise<void>;
}

/** Who takes part in writes. */
@Injectable()
export class WriteObservers {
  private readonly observers: WriteObserver[] = [];

  add(observer: WriteObserver): void {
    this.observers.push(observer);
  }

  complete(access: Access, change: Change): Change {
    return this.observers.reduce((one, observer) => observer.complete?.(access, one) ?? one, change);
  }

  async prepare(tx: Tx, access: Access, items: readonly Item[]): Promise<void> {
    for (const observer of this.observers) await observer.prepare?.(tx, access, items);
  }

  async written(tx: Tx, access: Access, items: readonly Item[], written: readonly Written[]): Promise<void> {
    for (const observer of this.observers) await observer.written(tx, access, items, written);
  }
}
