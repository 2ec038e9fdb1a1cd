import { COMPARTMENT_PARAMETERS } from '../generated/compartment-parameters';
import { LOGICAL_ID } from '../resource';
import type { Expression } from './expression';
import { searchParameter } from './search-parameters';

/** The compartments of R4 (§2.41). */
export const COMPARTMENTS: readonly string[] = Object.keys(COMPARTMENT_PARAMETERS);

const parametersOf = new Map(COMPARTMENTS.map((compartment) => [compartment, new Map(COMPARTMENT_PARAMETERS[compartment]!.split('\n').map((line) => line.split(' ')).map(([type = '', ...codes]) => [type, codes]))]));

/** The types that can be in a compartment. */
export const typesInCompartment = (compartment: string): string[] => [...(parametersOf.get(compartment)?.keys() ?? [])];

/**
 * What of `type` lies in the compartment of one resource. A patient's is told by the key that is stored with each
 * resource, the others by the references that R4's definitions name.
 */
export function inCompartment(compartment: string, id: string, type: string): Expression {
  if (!LOGICAL_ID.test(id)) return { op: 'nothing' };
  if (compartment === 'Patient') return { op: 'compartment', patient: id, exclusive: false };
  const codes = parametersOf.get(compartment)?.get(type);
  if (!codes) return { op: 'nothing' };
  const own: Expression[] = type === compartment ? [{ op: 'test', type: 'token', parameter: searchParameter(type, '_id')!, values: [{ code: id }] }] : [];
  const referring = codes.map((code): Expression => ({ op: 'test', type: 'reference', parameter: searchParameter(type, code)!, values: [{ targets: [`${compartment}/${id}`], canonical: false }] }));
  const all = [...own, ...referring];
  return all.length === 1 ? all[0]! : { op: 'or', of: all };
}
