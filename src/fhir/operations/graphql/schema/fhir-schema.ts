import { GraphQLBoolean, GraphQLFloat, GraphQLInt, GraphQLInterfaceType, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString, type GraphQLFieldConfig, type GraphQLFieldConfigArgumentMap, type GraphQLFieldConfigMap, type GraphQLOutputType } from 'graphql';
import { type ElementRule, elementRules, isResourceType, resourceTypes } from '#libs/fhir';
import { connection, list, one, referencedResource, referringList } from '../resolve/fields';
import type { Loads } from '../resolve/loads';
import { DIRECTIVES } from './directives';
import { DECIMAL, INTEGER, VALUE } from './scalars';
import { referringTypes, searchArguments } from './search-arguments';

type Field = GraphQLFieldConfig<Record<string, unknown>, Loads>;
type Fields = GraphQLFieldConfigMap<Record<string, unknown>, Loads>;

/** JSON text, whatever FHIR calls it. */
const TEXT: ReadonlySet<string> = new Set(['string', 'uri', 'url', 'canonical', 'code', 'id', 'oid', 'uuid', 'markdown', 'date', 'dateTime', 'instant', 'time', 'base64Binary', 'xhtml']);
const WHOLE: ReadonlySet<string> = new Set(['integer', 'positiveInt', 'unsignedInt']);

/** Resources that are stored; Parameters is but a way to carry things. */
const STORED = resourceTypes.filter((type) => type !== 'Parameters');

/** The types of R4 as GraphQL has them (R4 §3.1.7), made of the same tables that resources are checked by. */
class FhirTypes {
  private readonly made = new Map<string, GraphQLObjectType>();
  private readonly narrowings = new Map<string, GraphQLFieldConfigArgumentMap>();

  readonly resource = new GraphQLInterfaceType({
    name: 'Resource',
    description: 'Any resource.',
    fields: () => ({ resourceType: RESOURCE_TYPE, ...this.elements('Resource') }),
    resolveType: (value: { resourceType?: string }) => value.resourceType,
  });

  get(name: string): GraphQLObjectType {
    let type = this.made.get(name);
    if (!type) {
      const isResource = isResourceType(name);
      type = new GraphQLObjectType({ name: name.split('.').map(capitalized).join(''), fields: () => (isResource ? this.resourceFields(name) : this.elementFields(name)), ...(isResource && { interfaces: [this.resource] }) });
      this.made.set(name, type);
    }
    return type;
  }

  private resourceFields(name: string): Fields {
    const referring = referringTypes(name, STORED).map((type): [string, Field] => [`${type}List`, { type: new GraphQLList(this.get(type)), args: { _reference: REQUIRED_VALUE, ...searchArguments(type) }, resolve: referringList(type) }]);
    return { resourceType: RESOURCE_TYPE, ...this.elements(name), ...Object.fromEntries(referring) };
  }

  private elementFields(name: string): Fields {
    const fields = this.elements(name);
    if (name !== 'Reference') return fields;
    return { ...fields, resource: { type: this.resource, args: { optional: { type: GraphQLBoolean }, type: { type: VALUE } }, resolve: referencedResource, description: 'What is referred to, as far as it is yours to see.' } };
  }

  private elements(name: string): Fields {
    return Object.fromEntries(elementRules(name).flatMap((rule) => this.fieldsOf(rule)));
  }

  /** The element, and beside a primitive one its `_name` with id and extensions. */
  private fieldsOf(rule: ElementRule): [string, Field][] {
    const type = this.typeOf(rule);
    if (!isPrimitive(rule.type)) return [[rule.name, rule.many ? { type: new GraphQLList(type), args: this.narrowing(rule) } : { type }]];
    const value: [string, Field] = [rule.name, rule.many ? { type: new GraphQLList(type), args: SOME } : { type }];
    if (rule.name === 'id' || rule.type === 'xhtml' || rule.name === 'implicitRules') return [value];
    const companion = this.get('Element');
    return [value, [`_${rule.name}`, { type: rule.many ? new GraphQLList(companion) : companion }]];
  }

  private typeOf({ type }: ElementRule): GraphQLOutputType {
    if (type === 'boolean') return GraphQLBoolean;
    if (type === 'decimal') return DECIMAL;
    if (WHOLE.has(type)) return INTEGER;
    if (TEXT.has(type)) return GraphQLString;
    return type === 'Resource' ? this.resource : this.get(type);
  }

  /** A list is narrowed down by the plain elements of what it holds: `name(use: official)`. */
  private narrowing({ type }: ElementRule): GraphQLFieldConfigArgumentMap {
    let args = this.narrowings.get(type);
    if (!args) {
      const plain = type === 'Resource' ? [] : elementRules(type).filter((rule) => isPrimitive(rule.type) && rule.type !== 'xhtml');
      args = { ...Object.fromEntries(plain.map((rule) => [rule.name, { type: VALUE }])), ...SOME };
      this.narrowings.set(type, args);
    }
    return args;
  }
}

const isPrimitive = (type: string): boolean => TEXT.has(type) || WHOLE.has(type) || type === 'boolean' || type === 'decimal';
const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const RESOURCE_TYPE: Field = { type: new GraphQLNonNull(GraphQLString) };
const REQUIRED_VALUE = { type: new GraphQLNonNull(VALUE), description: 'The search parameter that refers here.' };
const SOME: GraphQLFieldConfigArgumentMap = { _offset: { type: GraphQLInt }, _count: { type: GraphQLInt } };

/** Schemas, made when first asked for: most servers never are. */
export class FhirSchema {
  private readonly types = new FhirTypes();
  private readonly made = new Map<string, GraphQLSchema>();

  /** Of the whole system. */
  system(): GraphQLSchema {
    return this.schema('', () => new GraphQLObjectType({ name: 'Query', fields: () => Object.fromEntries(STORED.flatMap((type) => this.entrances(type))) }));
  }

  /** Of one resource, which is the root of its queries. */
  instance(type: string): GraphQLSchema {
    return this.schema(type, () => this.types.get(type));
  }

  private schema(key: string, query: () => GraphQLObjectType): GraphQLSchema {
    let schema = this.made.get(key);
    if (!schema) {
      schema = new GraphQLSchema({ query: query(), types: STORED.map((type) => this.types.get(type)), directives: DIRECTIVES, assumeValid: true });
      this.made.set(key, schema);
    }
    return schema;
  }

  private entrances(type: string): [string, Field][] {
    const resource = this.types.get(type);
    return [
      [type, { type: resource, args: { id: { type: new GraphQLNonNull(VALUE) } }, resolve: one(type) }],
      [`${type}List`, { type: new GraphQLList(resource), args: searchArguments(type), resolve: list(type) }],
      [`${type}Connection`, { type: this.connection(type, resource), args: { ...searchArguments(type), _cursor: { type: GraphQLString } }, resolve: connection(type) }],
    ];
  }

  private connection(type: string, resource: GraphQLObjectType): GraphQLObjectType {
    const edge = new GraphQLObjectType({ name: `${type}Edge`, fields: { mode: { type: GraphQLString }, score: { type: GraphQLFloat }, resource: { type: resource } } });
    const cursors = ['first', 'previous', 'next', 'last'].map((name): [string, Field] => [name, { type: GraphQLString }]);
    return new GraphQLObjectType({ name: `${type}Connection`, fields: { count: { type: GraphQLInt }, offset: { type: GraphQLInt }, pagesize: { type: GraphQLInt }, ...Object.fromEntries(cursors), edges: { type: new GraphQLList(edge) } } });
  }
}
