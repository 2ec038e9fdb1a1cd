/** Why a question about terminology has no answer. */
export type TerminologyFault = 'invalid' | 'not-found' | 'not-supported' | 'too-costly';

/** An expected failure, in words for the caller. */
export class TerminologyError extends Error {
  constructor(
    readonly fault: TerminologyFault,
    message: string,
  ) {
    super(message);
    this.name = 'TerminologyError';
  }
}
