/** Kinds of issue, the code system `issue-type` of R4. */
export type IssueType =
  | 'invalid'
  | 'structure'
  | 'required'
  | 'value'
  | 'invariant'
  | 'security'
  | 'login'
  | 'unknown'
  | 'expired'
  | 'forbidden'
  | 'suppressed'
  | 'processing'
  | 'not-supported'
  | 'duplicate'
  | 'multiple-matches'
  | 'not-found'
  | 'deleted'
  | 'too-long'
  | 'code-invalid'
  | 'extension'
  | 'too-costly'
  | 'business-rule'
  | 'conflict'
  | 'transient'
  | 'lock-error'
  | 'no-store'
  | 'exception'
  | 'timeout'
  | 'incomplete'
  | 'throttled'
  | 'informational';

export interface OutcomeIssue {
  severity: 'fatal' | 'error' | 'warning' | 'information';
  code: IssueType;
  diagnostics?: string;
  /** FHIRPath of the element the issue is about. */
  expression?: string;
}

export interface OperationOutcome {
  resourceType: 'OperationOutcome';
  issue: { severity: OutcomeIssue['severity']; code: IssueType; diagnostics?: string; expression?: string[] }[];
}

/** An OperationOutcome of the given issues, in their order. R4 wants at least one. */
export function operationOutcome(issues: readonly OutcomeIssue[]): OperationOutcome {
  if (issues.length === 0) throw new Error('An OperationOutcome needs an issue');
  return {
    resourceType: 'OperationOutcome',
    issue: issues.map(({ severity, code, diagnostics, expression }) => ({
      severity,
      code,
      ...(diagnostics === undefined ? {} : { diagnostics }),
      ...(expression === undefined ? {} : { expression: [expression] }),
    })),
  };
}
