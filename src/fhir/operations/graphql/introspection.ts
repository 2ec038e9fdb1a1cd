import { type DocumentNode, type FieldNode, Kind } from 'graphql';
import { invalid, type SalusError } from '../../../kernel';
import { fieldsOf, type Fragments } from './selection';

/** Fields of the introspection that lead to many more. */
const MANY: ReadonlySet<string> = new Set(['types', 'fields', 'inputFields', 'possibleTypes', 'interfaces']);

/**
 * The schema is told type by type: all of it at once is ten megabytes, which take seconds to put together. One step
 * from a type to its fields is allowed, and none from there to the fields of their types. Returns how often the
 * schema is looked at.
 */
export function checkIntrospection(document: DocumentNode, fragments: Fragments): number {
  const roots = document.definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? fieldsOf(one.selectionSet, fragments) : []));
  const looks = roots.filter(({ name }) => name.value === '__schema' || name.value === '__type');
  if (looks.some((look) => stepsOf(look, fragments) > 1)) throw wholeSchema();
  return looks.length;
}

function stepsOf(field: FieldNode, fragments: Fragments): number {
  const below = fieldsOf(field.selectionSet, fragments).map((one) => stepsOf(one, fragments));
  return Math.max(0, ...below) + (MANY.has(field.name.value) ? 1 : 0);
}

function wholeSchema(): SalusError {
  const message = 'The whole schema is not told at once: ask { __schema { types { name } } } for the names of types, and { __type(name: "Patient") { fields { name } } } for each.';
  return invalid(message, [{ path: 'query', rule: 'too-costly', message }]);
}
