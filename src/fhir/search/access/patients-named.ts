import type { Expression } from '#libs/fhir';

const LOCAL = 'Patient/';

/** Logical ids of the patients an expression speaks of, so that their keys can be fetched in one go. */
export function patientsNamed(expression: Expression): string[] {
  switch (expression.op) {
    case 'and':
    case 'or': return expression.of.flatMap(patientsNamed);
    case 'compartment': return [expression.patient];
    case 'chain': return expression.through.flatMap((step) => patientsNamed(step.of));
    case 'not':
    case 'has': return patientsNamed(expression.of);
    default: return patientsFilteredBy(expression) ?? [];
  }
}

/**
 * The patients that a `patient=` filter confines a search to: what matches it lies in the compartment of one of them.
 * That holds for the parameters by which compartments are made (`patient`, `subject`); undefined for anything else.
 */
export function patientsFilteredBy(expression: Expression): string[] | undefined {
  if (expression.op !== 'test' || expression.type !== 'reference' || expression.modifier) return undefined;
  if (expression.parameter.code !== 'patient' && expression.parameter.code !== 'subject') return undefined;
  const targets = expression.values.flatMap((value) => value.targets);
  return targets.every((target) => target.startsWith(LOCAL)) ? targets.map((target) => target.slice(LOCAL.length).split('/')[0]!) : undefined;
}
