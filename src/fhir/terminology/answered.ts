import { type ErrorKind, SalusError } from '../../kernel';
import { TerminologyError, type TerminologyFault } from '#libs/terminology';

const KIND: Record<TerminologyFault, ErrorKind> = { invalid: 'unprocessable', 'not-found': 'not-found', 'not-supported': 'unprocessable', 'too-costly': 'unprocessable' };

/** What `work` gives; a question that has no answer fails as FHIR has it. */
export async function answered<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TerminologyError)) throw error;
    throw new SalusError(KIND[error.fault], error.message, [{ rule: error.fault, message: error.message }]);
  }
}
