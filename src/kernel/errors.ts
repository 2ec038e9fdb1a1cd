/** The closed set of ways a request can fail. Each surface renders them in its own format. */
export const ERROR_STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'not-allowed': 405,
  'not-acceptable': 406,
  conflict: 409,
  gone: 410,
  'precondition-failed': 412,
  'too-large': 413,
  'unsupported-media': 415,
  unprocessable: 422,
  'too-many': 429,
  fault: 500,
  unsupported: 501,
  unavailable: 503,
} as const;

export type ErrorKind = keyof typeof ERROR_STATUS;

/** One thing wrong with the input: where, which rule, and what to do about it. */
export interface Problem {
  /** Element path (`Patient.birthDate`), body field (`fname`) or parameter name. */
  path?: string;
  /** Machine-readable rule, e.g. `Required::NON_EXISTENT_KEY` or a FHIR IssueType. */
  rule?: string;
  message: string;
}

/**
 * An expected failure. `message` and `problems` are written for the caller and hold no clinical value,
 * SQL or file path; `cause` is for the log alone.
 */
export class SalusError extends Error {
  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly problems: Problem[] = [],
    options?: { cause?: unknown; headers?: Record<string, string> },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SalusError';
    this.headers = options?.headers ?? {};
  }

  readonly headers: Record<string, string>;

  get status(): number {
    return ERROR_STATUS[this.kind];
  }
}

export const invalid = (message: string, problems: Problem[] = []) => new SalusError('invalid', message, problems);
export const unprocessable = (message: string, problems: Problem[] = []) => new SalusError('unprocessable', message, problems);
export const unauthenticated = (message = 'A valid access token is required.') => new SalusError('unauthenticated', message);
export const forbidden = (message: string) => new SalusError('forbidden', message);
/** “Not there” and “not yours” are this same answer. */
export const notFound = (what: string) => new SalusError('not-found', `${what} was not found.`);
export const conflict = (message: string) => new SalusError('conflict', message);
export const unsupported = (message: string) => new SalusError('unsupported', message);
