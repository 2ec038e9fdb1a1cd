import { compartmentTypes, type Expression, parseFilter, SearchSyntaxError } from '#libs/fhir';
import { type Access, type AccessRule, rulesFor, type Verb } from '../../../kernel';
import { SHARED_TYPES } from './shared-types';

const NOTHING: Expression = { op: 'nothing' };

/**
 * The access predicate as a tree: what of `type` the caller may see by any of `verbs`. Rules are a union; no rule,
 * or a rule that cannot be understood, reaches nothing.
 */
export function accessExpression(access: Access, type: string, verbs: readonly Verb[]): Expression {
  const rules = [...new Set(verbs.flatMap((verb) => rulesFor(access, type, verb)))];
  const reached = rules.map((rule) => ruleExpression(rule, type)).filter((one) => one.op !== 'nothing');
  if (reached.length === 0) return NOTHING;
  const whole = reached.find((one) => one.op === 'and' && one.of.length === 0);
  const union: Expression = whole ?? (reached.length === 1 ? reached[0]! : { op: 'or', of: reached });
  return access.seesSensitive ? union : { op: 'and', of: [{ op: 'unrestricted' }, union] };
}

function ruleExpression(rule: AccessRule, type: string): Expression {
  const place = rule.patient === undefined ? [] : [placeOf(rule.patient, type)];
  const filters = (rule.filter ?? []).map(([name, value]) => filterExpression(type, name, value));
  const parts = [...place, ...filters];
  if (parts.some((part) => part.op === 'nothing')) return NOTHING;
  return parts.length === 1 ? parts[0]! : { op: 'and', of: parts };
}

function placeOf(patient: string, type: string): Expression {
  if (compartmentTypes.has(type)) return { op: 'compartment', patient, exclusive: true };
  return SHARED_TYPES.has(type) ? { op: 'shared' } : NOTHING;
}

/** A restriction that means nothing for this type allows nothing. */
function filterExpression(type: string, name: string, value: string): Expression {
  try {
    const filter = parseFilter(type, name, value);
    return filter && speaksOfItself(filter) ? filter : NOTHING;
  } catch (error) {
    if (error instanceof SearchSyntaxError) return NOTHING;
    throw error;
  }
}

/** A restriction by what other resources or terminology say would have to be restricted itself. */
function speaksOfItself(filter: Expression): boolean {
  switch (filter.op) {
    case 'and':
    case 'or': return filter.of.every(speaksOfItself);
    case 'not': return speaksOfItself(filter.of);
    default: return filter.op === 'test' || filter.op === 'missing';
  }
}
