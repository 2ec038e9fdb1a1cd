import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { Decimal } from '#libs/fhir';

/** Numbers as they are stored, with every digit they were written with. */
export const DECIMAL = new GraphQLScalarType({ name: 'decimal', description: 'A decimal of FHIR; its written precision is kept.', serialize: (value) => value });

export const INTEGER = new GraphQLScalarType({ name: 'integer', description: 'A whole number of FHIR.', serialize: (value) => (value instanceof Decimal ? value : Number(value)) });

/** What a list is narrowed down by: R4 writes codes there as names (`use: official`), so these are taken for text as well. */
export const VALUE = new GraphQLScalarType({ name: 'value', description: 'Text, a code, a number or a boolean; compared with what is stored.', parseValue: written, parseLiteral });

function parseLiteral(node: ValueNode): string {
  if (node.kind === Kind.STRING || node.kind === Kind.ENUM || node.kind === Kind.INT || node.kind === Kind.FLOAT) return node.value;
  if (node.kind === Kind.BOOLEAN) return String(node.value);
  throw new TypeError('Expected text, a code, a number or a boolean.');
}

function written(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value instanceof Decimal) return String(value);
  throw new TypeError('Expected text, a code, a number or a boolean.');
}
