import { type IssueType, type OperationOutcome, operationOutcome, type OutcomeIssue } from '#libs/fhir';
import type { ErrorKind, Problem, SalusError } from '../../kernel';

const ISSUE: Partial<Record<ErrorKind, IssueType>> = {
  invalid: 'invalid', unauthenticated: 'login', forbidden: 'forbidden', 'not-found': 'not-found', gone: 'deleted', conflict: 'conflict',
  'precondition-failed': 'conflict', 'too-large': 'too-long', unsupported: 'not-supported', fault: 'exception', unavailable: 'transient',
};

const RULES: ReadonlySet<string> = new Set<IssueType>([
  'structure', 'required', 'value', 'invalid', 'invariant', 'code-invalid', 'forbidden', 'not-found', 'multiple-matches', 'duplicate', 'conflict', 'deleted', 'not-supported', 'processing', 'too-costly',
]);

/** What an entry of a batch answers when it fails. */
export function errorOutcome(error: SalusError): OperationOutcome {
  const general = ISSUE[error.kind] ?? 'processing';
  if (error.problems.length === 0) return operationOutcome([{ severity: 'error', code: general, diagnostics: error.message }]);
  return operationOutcome(error.problems.map((problem) => issueOf(problem, general)));
}

function issueOf({ rule, message, path }: Problem, general: IssueType): OutcomeIssue {
  const code = rule !== undefined && RULES.has(rule) ? (rule as IssueType) : general;
  return { severity: 'error', code, diagnostics: message, ...(path !== undefined && { expression: path }) };
}
