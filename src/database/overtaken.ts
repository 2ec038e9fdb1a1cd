import { SalusError } from '../kernel';

/**
 * What a transaction read was changed by another before it could write. It runs again on what is there now; told to
 * the caller only where that happens time after time.
 */
export class Overtaken extends SalusError {
  constructor() {
    super('conflict', 'Someone else keeps writing the same records; try again.', [], { headers: { 'retry-after': '1' } });
  }
}
