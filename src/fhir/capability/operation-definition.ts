import type { FhirResource } from '#libs/fhir';
import type { OperationParameter } from '../operations/operation';
import type { OfferedOperation } from './offered-operations';

/** Types of parameters that are none of data: values of a search (R4 §6.4.1, searchType). */
const SEARCH_TYPES: ReadonlySet<string> = new Set(['token', 'reference', 'number', 'quantity', 'composite', 'special']);

/** The OperationDefinition of what is offered here; `base` names HL7's where it has one (R4 §6.4). */
export function operationDefinition(operation: OfferedOperation, base: string): FhirResource {
  const { id, name, title, description, definition, levels, types, affectsState, parameters } = operation;
  return {
    resourceType: 'OperationDefinition',
    id,
    url: `${base}/OperationDefinition/${id}`,
    name: nameOf(id),
    title,
    status: 'active',
    kind: 'operation',
    description,
    affectsState,
    code: name,
    ...(definition !== undefined && { base: definition }),
    resource: types ?? ['Resource'],
    system: levels.includes('system'),
    type: levels.includes('type'),
    instance: levels.includes('instance'),
    ...(parameters.length > 0 && { parameter: parameters.map(parameterOf) }),
  };
}

/** A name that a program can use: PatientEverything. */
const nameOf = (id: string): string => id.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');

function parameterOf({ name, use, min, max, type, documentation, parts }: OperationParameter): unknown {
  return {
    name,
    use,
    min,
    max,
    documentation,
    ...(type !== undefined && (SEARCH_TYPES.has(type) ? { type: 'string', searchType: type } : { type })),
    ...(parts && { part: parts.map(parameterOf) }),
  };
}
