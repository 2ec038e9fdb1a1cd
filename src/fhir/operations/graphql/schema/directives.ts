import { DirectiveLocation, GraphQLDirective, GraphQLNonNull, GraphQLString, specifiedDirectives } from 'graphql';

const onField = (name: string, description: string) => new GraphQLDirective({ name, description, locations: [DirectiveLocation.FIELD] });

/** Of R4's GraphQL, beside @include and @skip. */
export const DIRECTIVES: readonly GraphQLDirective[] = [
  ...specifiedDirectives,
  onField('flatten', 'Leaves the field itself out: what it holds goes to the element above, in lists where there is more than one.'),
  onField('first', 'Only the first of a list.'),
  onField('singleton', 'Within @flatten: one value, not a list of them.'),
  new GraphQLDirective({ name: 'slice', description: 'Not supported.', locations: [DirectiveLocation.FIELD], args: { path: { type: new GraphQLNonNull(GraphQLString) } } }),
];
