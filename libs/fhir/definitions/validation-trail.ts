import type { Invariant } from '../validation/invariant';
import { type Surroundings, surroundingsOf } from '../validation/path-collections';
import type { ValidationIssue } from './validation-issue';

/** Deeper nesting than this is an error rather than a stack overflow. */
const MAX_DEPTH = 64;
/** Of errors, and of advice: enough to mend a resource by; a hostile one must not fill the memory with them. */
const MAX_ISSUES = 100;

/** Where a validation stands in the resource, and what it has found so far. */
export class ValidationTrail {
  readonly issues: ValidationIssue[] = [];
  private readonly steps: (string | number)[] = [];
  private depth = 0;
  private surroundings: Surroundings = surroundingsOf(undefined, undefined);
  /** What is being checked beyond R4; every issue names it. */
  private profile: string | undefined;

  constructor(
    private readonly root: string,
    /** Whether rules that only advise are checked, too. */
    readonly isThorough = false,
  ) {}

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

  report(code: ValidationIssue['code'], diagnostics: string, element?: string, severity: ValidationIssue['severity'] = 'error'): void {
    if (!this.hasRoom(severity)) return;
    this.issues.push({ severity, code, expression: this.expression(element), diagnostics, ...(this.profile !== undefined && { profile: this.profile }) });
  }

  /** The resource that a local reference (`#id`) leads to from here. */
  contained(id: string): unknown {
    return this.surroundings.contained(id);
  }

  /** Runs a check aside: what it finds is returned, not reported. */
  aside(check: () => void): ValidationIssue[] {
    const before = this.issues.length;
    check();
    return this.issues.splice(before);
  }

  /** Takes over what was found aside. */
  take(issues: readonly ValidationIssue[]): void {
    for (const issue of issues) if (this.hasRoom(issue.severity)) this.issues.push(issue);
  }

  /** Advice takes no room from errors. */
  private hasRoom(severity: ValidationIssue['severity']): boolean {
    if (this.issues.length < MAX_ISSUES) return true;
    const isError = severity === 'error';
    return this.issues.filter((issue) => (issue.severity === 'error') === isError).length < MAX_ISSUES;
  }

  /** Holds each rule against the value where the trail stands. */
  hold(invariants: readonly Invariant[], value: unknown): void {
    for (const { key, severity, human, holds } of invariants) {
      if (severity !== 'error' && !this.isThorough) continue;
      if (!holds(value, this.surroundings)) this.report('invariant', `${human} (${key})`, undefined, severity);
    }
  }

  /** Checks a resource as such: what `%resource` and `%rootResource` mean within it. */
  within(resource: unknown, isContained: boolean, check: () => void): void {
    const outside = this.surroundings;
    this.surroundings = isContained ? { ...outside, resource } : surroundingsOf(resource, resource);
    check();
    this.surroundings = outside;
  }

  /** Checks against a profile or the definition of an extension, whose name the issues bear. */
  against(profile: string, check: () => void): void {
    const outside = this.profile;
    this.profile = profile;
    check();
    this.profile = outside;
  }

  private expression(element: string | undefined): string {
    const path = this.steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    return this.root + path + (element === undefined ? '' : `.${element}`);
  }
}
