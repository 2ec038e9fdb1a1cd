import { type FhirResource, reading } from '#libs/fhir';
import { invalid } from '../../../kernel';
import type { OperationInput } from '../operation-input';

export interface GraphqlRequest {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
}

/** From the URL, from a JSON object as GraphQL clients send it, or from a Parameters resource. */
export function graphqlRequest(input: OperationInput, body: unknown): GraphqlRequest {
  const sent = { ...fromUrl(input), ...fromBody(body) };
  const { query, operationName, variables } = sent;
  if (typeof query !== 'string' || query.trim() === '') throw refused('query', 'required', 'Give a query.');
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') throw refused('operationName', 'value', 'operationName must be text.');
  if (variables !== undefined && variables !== null && !isObject(variables)) throw refused('variables', 'value', 'variables must be a JSON object.');
  return { query, ...(typeof operationName === 'string' && { operationName }), ...(isObject(variables) && { variables }) };
}

type Sent = { [name in keyof GraphqlRequest]?: unknown };

function fromUrl(input: OperationInput): Sent {
  const variables = input.text('variables');
  return { query: input.text('query'), operationName: input.text('operationName'), ...(variables !== undefined && { variables: parsed(variables) }) };
}

function fromBody(body: unknown): Sent {
  if (body === undefined || body === null) return {};
  if (Array.isArray(body)) throw refused('body', 'not-supported', 'Send one query at a time.');
  if (!isObject(body)) throw refused('body', 'structure', 'Send a JSON object with query, operationName and variables.');
  if (body.resourceType === 'Parameters') return fromParameters(body as FhirResource);
  const unknown = Object.keys(body).find((name) => !['query', 'operationName', 'variables', 'extensions'].includes(name));
  if (unknown !== undefined) throw refused(unknown.slice(0, 64), 'not-supported', `${unknown.slice(0, 64)} is no part of a GraphQL request.`);
  const { query, operationName, variables } = body;
  return Object.fromEntries(Object.entries({ query, operationName, variables }).filter(([, value]) => value !== undefined));
}

function fromParameters({ parameter }: FhirResource): Sent {
  const query = reading.list(parameter).find(({ name }) => name === 'query');
  return { query: query?.valueString };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused('variables', 'value', 'variables must be a JSON object.');
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const refused = (path: string, rule: string, message: string) => invalid(message, [{ path, rule, message }]);
