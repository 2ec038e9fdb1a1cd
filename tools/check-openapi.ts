/**
 * Validates an OpenAPI document: its schema, and what the schema cannot say (references, operation ids, path parameters, security schemes).
 * Usage: tsx tools/check-openapi.ts <file.json>
 */
import { readFileSync } from 'node:fs';

type Node = Record<string, unknown>;

interface Operation {
  /** `GET /apis/{site}/api/patient` */
  name: string;
  path: string;
  node: Node;
  /** Parameters declared on the path, valid for each of its methods. */
  shared: unknown[];
}

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const asNode = (value: unknown): Node => (isNode(value) ? value : {});
const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Everything wrong with the document, one sentence each; none when a client generator can rely on it. */
export async function openApiFindings(document: Node): Promise<string[]> {
  const operations = operationsOf(document);
  return [
    ...(await schemaFindings(document)),
    ...danglingReferences(document),
    ...repeatedOperationIds(operations),
    ...operations.flatMap((operation) => pathParameterFindings(operation, document)),
    ...operations.flatMap((operation) => unknownSecuritySchemes(operation, document)),
  ];
}

async function schemaFindings(document: Node): Promise<string[]> {
  const { Validator } = await import('@seriousme/openapi-schema-validator');
  const result = await new Validator().validate(structuredClone(document));
  if (result.valid) return [];
  if (!Array.isArray(result.errors)) return [String(result.errors)];
  return result.errors.map((error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`);
}

function operationsOf(document: Node): Operation[] {
  return Object.entries(asNode(document.paths)).flatMap(([path, item]) =>
    Object.entries(asNode(item))
      .filter(([method]) => METHODS.has(method))
      .map(([method, node]) => ({
        name: `${method.toUpperCase()} ${path}`,
        path,
        node: asNode(node),
        shared: asArray(asNode(item).parameters),
      })),
  );
}

/** Looks up a local JSON pointer (RFC 6901) such as `#/components/schemas/Patient`. */
function resolve(reference: string, document: Node): unknown {
  const steps = reference.slice(2).split('/');
  const unescaped = steps.map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  return unescaped.reduce<unknown>((at, step) => (Array.isArray(at) ? at[Number(step)] : asNode(at)[step]), document);
}

function danglingReferences(document: Node): string[] {
  const findings = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isNode(value)) return;
    const reference = value.$ref;
    if (typeof reference === 'string' && (!reference.startsWith('#/') || resolve(reference, document) === undefined)) {
      findings.add(`${reference} is referred to and not there.`);
    }
    Object.values(value).forEach(visit);
  };
  visit(document);
  return [...findings];
}

function repeatedOperationIds(operations: Operation[]): string[] {
  const owner = new Map<string, string>();
  return operations.flatMap(({ name, node }) => {
    const id = node.operationId;
    if (typeof id !== 'string') return [];
    const earlier = owner.get(id);
    owner.set(id, name);
    return earlier ? [`${name} and ${earlier} share the operation id ${id}.`] : [];
  });
}

function pathParameterFindings({ name, path, node, shared }: Operation, document: Node): string[] {
  const declared = [...shared, ...asArray(node.parameters)]
    .map(asNode)
    .map((parameter) => (typeof parameter.$ref === 'string' ? asNode(resolve(parameter.$ref, document)) : parameter))
    .filter((parameter) => parameter.in === 'path')
    .map((parameter) => String(parameter.name));
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => String(match[1]));
  return [
    ...inPath.filter((parameter) => !declared.includes(parameter)).map((parameter) => `${name} does not declare {${parameter}}.`),
    ...declared.filter((parameter) => !inPath.includes(parameter)).map((parameter) => `${name} declares {${parameter}}, not in its path.`),
  ];
}

function unknownSecuritySchemes({ name, node }: Operation, document: Node): string[] {
  const known = asNode(asNode(document.components).securitySchemes);
  return asArray(node.security ?? document.security)
    .flatMap((requirement) => Object.keys(asNode(requirement)))
    .filter((scheme) => !(scheme in known))
    .map((scheme) => `${name} asks for the security scheme ${scheme}, which is not declared.`);
}

async function main(file: string | undefined): Promise<void> {
  if (!file) throw new Error('Usage: tsx tools/check-openapi.ts <file.json>');
  const document = asNode(JSON.parse(readFileSync(file, 'utf8')));
  const findings = await openApiFindings(document);
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) throw new Error(`${file}: ${findings.length} findings`);
  console.log(`${file}: OpenAPI ${String(document.openapi)}, ${operationsOf(document).length} operations, valid`);
}

if (require.main === module) {
  main(process.argv[2]).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
