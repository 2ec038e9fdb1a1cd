import { invalid, SalusError } from '../kernel';

/** The answer to a uuid that is malformed, unknown or not the caller's: always the same 400. */
export const unknownUuid = (uuid: string, field = 'uuid'): SalusError =>
  invalid('There is no such record.', [{ path: field, rule: 'invalid or nonexisting value', message: `value ${uuid.slice(0, 64).replace(/[^A-Za-z0-9.-]/g, '')}` }]);

/** What a DELETE answers where there is nothing to delete: `{"UUID":["invalid or nonexisting value"]}`. */
export class UnknownToDelete extends SalusError {
  readonly listed = true;

  constructor() {
    super('invalid', 'There is no such record.', [{ path: 'UUID', message: 'invalid or nonexisting value' }]);
  }
}
