import { isFhirScope, parseScope, type ScopeContext, type ScopeVerb } from './scope';

/** A right on FHIR data that follows from one scope; plain data for whatever enforces it. */
export interface ScopeRule {
  context: ScopeContext;
  type: string;
  verbs: ReadonlySet<ScopeVerb>;
  filter?: readonly (readonly [string, string])[];
  /** The one patient whose records this rule reaches; absent: no limit by patient. */
  patient?: string;
}

export interface LaunchContext {
  /** Patient in context: the signed-in patient, or the one chosen at launch. */
  patient?: string;
}

/**
 * Rights granted by `scopes`. A `patient/` scope without a patient in context grants nothing: it must never
 * mean "all patients". Standard-API scopes, operations and words give no rule.
 */
export function rulesFromScopes(scopes: Iterable<string>, context: LaunchContext): ScopeRule[] {
  return [...scopes].flatMap((text) => {
    const scope = parseScope(text);
    if (scope?.kind !== 'resource' || !isFhirScope(scope)) return [];
    if (scope.context === 'patient' && !context.patient) return [];
    return [{
      context: scope.context,
      type: scope.resource,
      verbs: new Set([...scope.verbs] as ScopeVerb[]),
      ...(scope.filter.length > 0 && { filter: scope.filter }),
      ...(scope.context === 'patient' && { patient: context.patient }),
    }];
  });
}
