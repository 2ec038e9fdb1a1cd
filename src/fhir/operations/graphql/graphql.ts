import { type DocumentNode, execute, type ExecutionResult, getOperationAST, GraphQLError, type GraphQLSchema, type OperationDefinitionNode, parse, validate } from 'graphql';
import { operationOutcome } from '#libs/fhir';
import { invalid, log, type Problem, SalusError } from '../../../kernel';
import type { GraphqlRequest } from './graphql-request';
import { checkExtent, LIMITS, tooLarge } from './limits';
import { element } from './resolve/fields';
import type { Resource } from './resolve/found';
import type { Loads } from './resolve/loads';
import { shaped, usesDirective } from './shape';
import { withVariablesOfTheirPlaces } from './variable-types';

const MOST_ERRORS = 10;

/**
 * Runs a query. Throws `invalid` where it cannot be run at all; what fails while it runs is told in `errors`, beside
 * what did not.
 */
export async function runQuery(schema: GraphQLSchema, request: GraphqlRequest, loads: Loads, root?: Resource): Promise<ExecutionResult> {
  const document = withVariablesOfTheirPlaces(schema, readable(request.query));
  const operation = theQuery(document, request.operationName);
  checkValid(schema, document);
  const { data, errors } = await execute({
    schema, document, rootValue: root ?? {}, contextValue: loads, fieldResolver: element,
    ...(request.operationName !== undefined && { operationName: request.operationName }),
    ...(request.variables && { variableValues: request.variables }),
  });
  // Without data it was the variables that did not fit.
  if (data === undefined) throw invalid('The query cannot be run with these variables.', problems(errors ?? []));
  return { data: data && shaped(document, operation, data as Resource), ...(errors && { errors: errors.slice(0, MOST_ERRORS).map(told) }) };
}

function readable(query: string): DocumentNode {
  if (query.length > LIMITS.characters) throw tooLarge('characters', LIMITS.characters);
  try {
    const document = parse(query, { maxTokens: LIMITS.tokens });
    checkExtent(document);
    return document;
  } catch (error) {
    if (error instanceof GraphQLError) throw invalid('The query is not GraphQL.', problems([error]));
    throw error;
  }
}

function theQuery(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, name);
  if (!operation) throw invalid('Say which query to run: operationName must name one of the document.', [{ path: 'operationName', rule: 'value', message: 'Names no query, or is missing.' }]);
  if (operation.operation !== 'query') throw invalid('GraphQL is for reading here: write through the REST API.', [{ path: 'query', rule: 'not-supported', message: 'Only queries are run.' }]);
  if (usesDirective(document, 'slice')) throw invalid('@slice is not supported; ask for each slice apart, under an alias and narrowed by arguments.', [{ path: 'query', rule: 'not-supported', message: '@slice is not supported.' }]);
  return operation;
}

function checkValid(schema: GraphQLSchema, document: DocumentNode): void {
  const errors = validate(schema, document, undefined, { maxErrors: MOST_ERRORS });
  if (errors.length > 0) throw invalid('The query does not fit the schema.', problems(errors));
}

/** Each says what is wrong and where. */
const problems = (errors: readonly GraphQLError[]): Problem[] => errors.map(({ message, locations }) => ({ path: 'query', rule: 'invalid', message: `${message}${placeOf(locations?.[0])}` }));

const placeOf = (at: { line: number; column: number } | undefined): string => (at ? ` (line ${at.line}, column ${at.column})` : '');

/** With an OperationOutcome in it, as R4 §3.1.7.6 has it; what was not foreseen goes to the log alone. */
function told(error: GraphQLError): GraphQLError {
  const cause = error.originalError;
  const known = cause instanceof SalusError ? cause : undefined;
  if (cause && !known) log.error({ err: cause }, 'a field of a GraphQL query failed');
  const message = known?.message ?? (cause ? 'Something went wrong on the server.' : error.message);
  const code = known ? (CODES[known.kind] ?? 'processing') : cause ? 'exception' : 'processing';
  const resource = operationOutcome([{ severity: 'error', code, diagnostics: message }]);
  return new GraphQLError(message, { nodes: error.nodes, path: error.path, extensions: { resource } });
}

const CODES: Partial<Record<SalusError['kind'], 'not-found' | 'forbidden' | 'invalid' | 'too-costly'>> = { 'not-found': 'not-found', forbidden: 'forbidden', invalid: 'invalid', unprocessable: 'too-costly' };
