/**
 * A patch that cannot be applied. `document`: it is no patch at all, whatever it is applied to. `state`: it is one,
 * but the resource is not what it takes it to be, or would become something it cannot be.
 */
export class PatchError extends Error {
  constructor(
    readonly fault: 'document' | 'state',
    message: string,
    /** Position of the operation in the patch. */
    readonly operation?: number,
  ) {
    super(message);
    this.name = 'PatchError';
  }
}

/** Far more than any edit needs; each operation walks the resource. */
export const MOST_OPERATIONS = 1000;
