import { type IssueType, type OutcomeIssue, operationOutcome } from '#libs/fhir';
import type { ErrorKind, SalusError } from '../kernel';
import type { Surface } from './surface';

export interface Rendered {
  contentType: string;
  body: string;
}

/** The error as its surface says it (DESIGN: closed kinds, rendered by surface). */
export function renderError(surface: Surface, error: SalusError, requestId: string, path: string): Rendered {
  if (surface === 'fhir') return json(outcome(error, requestId), 'application/fhir+json; charset=utf-8');
  if (surface === 'oauth') return json(oauthError(error, path));
  if (surface === 'page') return { contentType: 'text/html; charset=utf-8', body: page(error, requestId) };
  if (error.problems.length > 0 && 'bare' in error) return json(validationErrors(error));
  if (error.problems.length > 0 && error.kind === 'invalid') return json({ validationErrors: 'listed' in error ? listedErrors(error) : validationErrors(error), internalErrors: [], data: [], links: [] });
  return json({ error: error.kind, message: error.message, code: error.status, request_id: requestId });
}

const json = (body: unknown, contentType = 'application/json; charset=utf-8'): Rendered => ({ contentType, body: JSON.stringify(body) });

/** IssueType (R4) of each kind. */
const ISSUE: Record<ErrorKind, IssueType> = {
  invalid: 'invalid', unauthenticated: 'login', forbidden: 'forbidden', 'not-found': 'not-found', 'not-allowed': 'not-supported',
  'not-acceptable': 'not-supported', conflict: 'conflict', gone: 'deleted', 'precondition-failed': 'conflict', 'too-large': 'too-long',
  'unsupported-media': 'not-supported', unprocessable: 'processing', 'too-many': 'throttled', fault: 'exception', unsupported: 'not-supported', unavailable: 'transient',
};

function outcome(error: SalusError, requestId: string): unknown {
  const issues = error.problems.map((problem): OutcomeIssue => ({
    severity: 'error',
    code: issueCode(problem.rule, error.kind),
    diagnostics: problem.message,
    ...(problem.path && { expression: problem.path }),
  }));
  const general: OutcomeIssue = { severity: 'error', code: ISSUE[error.kind], diagnostics: `${error.message} (request ${requestId})` };
  return operationOutcome(issues.length > 0 ? issues : [general]);
}

const ISSUE_TYPES = new Set<string>([...Object.values(ISSUE), 'structure', 'required', 'value', 'invariant', 'code-invalid', 'not-found', 'multiple-matches', 'business-rule', 'duplicate', 'incomplete', 'too-costly']);

/** Rules of FHIR problems are IssueTypes; those of the standard API mean nothing here. */
const issueCode = (rule: string | undefined, kind: ErrorKind): IssueType => (rule && ISSUE_TYPES.has(rule) ? (rule as IssueType) : ISSUE[kind]);

const OAUTH_CODE: Partial<Record<ErrorKind, string>> = { unauthenticated: 'invalid_client', forbidden: 'access_denied', fault: 'server_error', unavailable: 'temporarily_unavailable' };

/** Failures before a controller is reached, above all unreadable bodies; registration has a word of its own for them. */
function oauthError(error: SalusError, path: string): Record<string, string> {
  const unreadable = path.endsWith('/registration') ? 'invalid_client_metadata' : 'invalid_request';
  const hint = error.problems[0]?.message;
  return { error: OAUTH_CODE[error.kind] ?? unreadable, error_description: error.message, ...(hint && { hint }), message: error.message };
}

/** `{field: {rule: text}}`, as OpenEMR's validators answer. */
function validationErrors(error: SalusError): Record<string, Record<string, string>> {
  const result: Record<string, Record<string, string>> = {};
  for (const problem of error.problems) {
    const field = problem.path ?? 'body';
    result[field] = { ...result[field], [problem.rule ?? 'Callback::INVALID_VALUE']: problem.message };
  }
  return result;
}

/** `{field: [text]}`, where a route answers so. */
const listedErrors = (error: SalusError): Record<string, string[]> => Object.fromEntries(error.problems.map((problem) => [problem.path ?? 'body', [problem.message]]));

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

function page(error: SalusError, requestId: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Salus</title><main><h1>${error.status}</h1><p>${escapeHtml(error.message)}</p><p><small>Request ${escapeHtml(requestId)}</small></p></main></html>`;
}
