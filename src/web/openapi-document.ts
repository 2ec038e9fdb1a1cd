import type { OpenAPIObject } from '@nestjs/swagger';
import { resourceTypes } from '#libs/fhir';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type PathItem = OpenAPIObject['paths'][string];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** What the framework cannot know: which API an operation belongs to, what it needs, what `site` and `type` may be. */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths).filter(([path]) => isApi(path));
  return { ...document, paths: Object.fromEntries(paths.map(([path, item]) => [path, completePath(path, item)])) };
}

const isApi = (path: string): boolean => /^\/(apis|oauth2|health)\//.test(path);

function completePath(path: string, item: PathItem): PathItem {
  const operations = METHODS.flatMap((method) => (item[method] ? [[method, completeOperation(path, item[method])] as const] : []));
  return Object.fromEntries(operations);
}

function completeOperation(path: string, operation: Operation): Operation {
  const open = /\/(metadata|\.well-known|version|product|health|oauth2)/.test(path);
  return {
    ...operation,
    tags: [tagOf(path)],
    parameters: [...(operation.parameters ?? []).map(withChoices), ...missingParameters(path, operation), ...searchParameters(path, operation)],
    ...(!open && { security: [{ oauth2: [] }] }),
    responses: { ...operation.responses, ...(!open && { 401: { description: 'No valid access token' }, 403: { description: 'Not allowed for this token or role' } }) },
    ...(takesResource(path, operation) && { requestBody: { required: true, content: { 'application/fhir+json': { schema: { type: 'object' as const } } } } }),
  };
}

/** The parameters that every type has, and some that most have; the CapabilityStatement lists the rest. */
const COMMON = ['_id', '_lastUpdated', '_count', '_sort', '_total', '_summary', '_elements', '_include', '_revinclude', 'patient', 'code', 'category', 'date', 'status', 'identifier', 'name'];

function searchParameters(path: string, operation: Operation): Parameter[] {
  if (!path.endsWith('/fhir/{type}') || !/byGet/.test(operation.operationId ?? '')) return [];
  return COMMON.map((name) => ({ name, in: 'query', required: false, schema: { type: 'string' } }));
}

const takesResource = (path: string, operation: Operation): boolean => /\/fhir(\/\{type\}(\/\{id\})?)?$/.test(path) && /create|update|process/i.test(operation.operationId ?? '');

function tagOf(path: string): string {
  const [, , api, resource] = /^\/(apis|oauth2)\/\{site\}(?:\/(api|fhir|portal))?(?:\/([^/]+))?/.exec(path) ?? [];
  if (path.startsWith('/oauth2')) return 'OAuth2';
  if (path.startsWith('/health')) return 'Operations';
  if (api === 'fhir') return 'FHIR R4';
  if (api === 'portal') return 'Portal API';
  return `Standard API: ${lastName(path) ?? resource}`;
}

const lastName = (path: string): string | undefined => path.split('/').filter((part) => part && !part.startsWith('{')).at(-1);

type Parameter = NonNullable<Operation['parameters']>[number];

const named = (parameter: Parameter, name: string): boolean => 'name' in parameter && parameter.name === name;

function withChoices(parameter: Parameter): Parameter {
  if (named(parameter, 'type') && 'in' in parameter && parameter.in === 'path') return { ...parameter, schema: { type: 'string', enum: [...resourceTypes] } };
  if (named(parameter, 'site')) return { ...parameter, schema: { type: 'string', default: 'default' } };
  return parameter;
}

/** Path parameters that a handler reads through something else than its own arguments. */
function missingParameters(path: string, operation: Operation): Parameter[] {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]!);
  const known = operation.parameters ?? [];
  return names.filter((name) => !known.some((one) => named(one, name))).map((name) => withChoices({ name, in: 'path', required: true, schema: { type: 'string' } }));
}
