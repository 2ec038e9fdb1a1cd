import type { ValidationIssue } from './validation-issue';

/** Deeper nesting than this is an error rather than a stack overflow. */
const MAX_DEPTH = 64;
/** Enough to mend a resource by; a hostile one must not fill the memory with errors. */
const MAX_ISSUES = 100;

/** Where a validation stands in the resource, and what it has found so far. */
export class ValidationTrail {
  readonly issues: ValidationIssue[] = [];
  private readonly steps: (string | number)[] = [];
  private depth = 0;

  constructor(private readonly root: string) {}

  push(step: string | number): void {
    this.steps.push(step);
  }

  pop(): void {
    this.steps.pop();
  }

  /** Steps into an object; false (and an issue) where that goes too deep. Each true is matched by `leave`. */
  enter(): boolean {
    if (this.depth === MAX_DEPTH) {
      this.report('structure', `Nested deeper than ${MAX_DEPTH} levels.`);
      return false;
    }
    this.depth++;
    return true;
  }

  leave(): void {
    this.depth--;
  }

  report(code: ValidationIssue['code'], diagnostics: string, element?: string): void {
    if (this.issues.length >= MAX_ISSUES) return;
    this.issues.push({ severity: 'error', code, expression: this.expression(element), diagnostics });
  }

  private expression(element: string | undefined): string {
    const path = this.steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    return this.root + path + (element === undefined ? '' : `.${element}`);
  }
}
