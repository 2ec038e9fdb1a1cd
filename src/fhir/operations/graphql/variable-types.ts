import { type DocumentNode, getNamedType, getNullableType, type GraphQLInputType, type GraphQLSchema, isListType, Kind, type NamedTypeNode, TypeInfo, type TypeNode, visit, visitWithTypeInfo } from 'graphql';
import { VALUE } from './schema/scalars';

/** What clients call the types of ids and search values: GraphQL's own scalars, or FHIR's primitives. */
const SCALARS: ReadonlySet<string> = new Set(['ID', 'String', 'Int', 'Float', 'Boolean', 'id', 'string', 'code', 'uri', 'date', 'dateTime', 'instant']);

/**
 * A variable that stands for nothing but ids and search values is of their type, however the client declared it: R4
 * leaves open what those arguments are called, so `$id: ID!` and `$name: [String]` are as right as any.
 */
export function withVariablesOfTheirPlaces(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const places = placesOfVariables(schema, document);
  return visit(document, {
    VariableDefinition: (definition) => {
      const at = places.get(definition.variable.name.value);
      const isOpen = at?.every((type) => type !== undefined && getNamedType(type) === VALUE) && SCALARS.has(nameOf(definition.type));
      return isOpen ? { ...definition, type: placed(definition.type, at!.every((type) => isListType(getNullableType(type)))) } : undefined;
    },
  });
}

function placesOfVariables(schema: GraphQLSchema, document: DocumentNode): Map<string, (GraphQLInputType | undefined)[]> {
  const places = new Map<string, (GraphQLInputType | undefined)[]>();
  const types = new TypeInfo(schema);
  visit(document, visitWithTypeInfo(types, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      places.set(name.value, [...(places.get(name.value) ?? []), types.getInputType() ?? undefined]);
    },
  }));
  return places;
}

const VALUE_TYPE: NamedTypeNode = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: VALUE.name } };

/** What may be left out stays so. One value where several may stand is a list of one. */
function placed(declared: TypeNode, inLists: boolean): TypeNode {
  const isList = inLists || declared.kind === Kind.LIST_TYPE || (declared.kind === Kind.NON_NULL_TYPE && declared.type.kind === Kind.LIST_TYPE);
  const type = isList ? { kind: Kind.LIST_TYPE as const, type: VALUE_TYPE } : VALUE_TYPE;
  return declared.kind === Kind.NON_NULL_TYPE ? { kind: Kind.NON_NULL_TYPE, type } : type;
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
