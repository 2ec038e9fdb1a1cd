import { type ErrorKind, SalusError } from '../../kernel';
import { entryPath } from './entry';

/** An expected failure of one entry; its only problem names the element. `rule` is a FHIR IssueType. */
export function refusal(kind: ErrorKind, index: number, element: string, message: string, rule = 'value'): SalusError {
  return new SalusError(kind, message, [{ path: entryPath(index, element), rule, message }]);
}

/**
 * The same failure, said of an entry: whoever threw it knew the resource or the criteria but not the Bundle. What was
 * thrown remains as the cause.
 */
export function ofEntry(index: number, error: SalusError, element = ''): SalusError {
  if (error.problems[0]?.path?.startsWith('Bundle.')) return error;
  const given = error.problems.length > 0 ? error.problems : [{ rule: ISSUE_TYPE[error.kind] ?? 'processing', message: error.message }];
  const problems = given.map(({ path, rule, message }) => ({ path: entryPath(index, element), ...(rule !== undefined && { rule }), message: path && ELEMENT.test(path) ? `${path}: ${message}` : message }));
  return new SalusError(error.kind, error.message, problems, { cause: error });
}

/** `Patient.birthDate`: an element of what the entry would store, which the entry itself may not show. */
const ELEMENT = /^[A-Z][A-Za-z]+\./;

const ISSUE_TYPE: Partial<Record<ErrorKind, string>> = {
  invalid: 'invalid', forbidden: 'forbidden', 'not-found': 'not-found', gone: 'deleted', conflict: 'conflict', 'precondition-failed': 'conflict', unsupported: 'not-supported',
};

const MOST_PROBLEMS = 200;

/** Why a transaction as a whole is refused: the kind of the first failure, the problems of all. */
export function refusalOf(errors: readonly SalusError[]): SalusError {
  const first = errors[0]!;
  if (errors.length === 1) return first;
  const problems = errors.flatMap((error) => error.problems);
  const message = `${errors.length} entries of the Bundle cannot be processed; nothing was changed.`;
  return new SalusError(first.kind, message, problems.slice(0, MOST_PROBLEMS));
}
