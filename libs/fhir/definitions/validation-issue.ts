/** One thing wrong with a resource: what kind (a code of R4's IssueType), where, and what was expected there. */
export interface ValidationIssue {
  severity: 'error';
  code: 'structure' | 'required' | 'value' | 'invalid' | 'code-invalid';
  /** FHIRPath of the element: `Patient.name[0].given`. */
  expression: string;
  /** Says what is expected; never repeats what was given, which may be clinical. */
  diagnostics: string;
}
