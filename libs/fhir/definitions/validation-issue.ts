import type { IssueType } from '../outcome';

/** One thing wrong with a resource: what kind (a code of R4's IssueType), where, and what was expected there. */
export interface ValidationIssue {
  /** A warning or a remark is told to who asks for a validation; it keeps nothing from being stored. */
  severity: 'error' | 'warning' | 'information';
  code: IssueType;
  /** FHIRPath of the element: `Patient.name[0].given`. */
  expression: string;
  /** Says what is expected; never repeats what was given, which may be clinical. */
  diagnostics: string;
  /** The profile or extension definition that wants it; absent: R4 itself. */
  profile?: string;
}
