import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { JsonSyntaxError, parseJson, readXmlInTurns, XmlSyntaxError } from '#libs/fhir';
import { invalid, SalusError } from '../kernel';
import { pathOf, surfaceOf } from './surface';

const JSON_TYPES = ['application/json', 'application/fhir+json', 'application/json-patch+json', 'text/json', 'text/plain'];

const XML_TYPES = ['application/fhir+xml', 'application/xml', 'text/xml', 'application/xml+fhir'];

/** Bodies are read as text and parsed once, without losing a digit; bad JSON is the caller's error, never an empty object. */
export function installBodyParsers(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(JSON_TYPES, { parseAs: 'buffer' }, (request, body, done) => settle(() => parseBody(request, utf8(body as Buffer)), done));
  server.addContentTypeParser(XML_TYPES, { parseAs: 'buffer' }, (request, body, done) => void parseXml(request, body as Buffer).then((parsed) => done(null, parsed), done));
  server.addContentTypeParser('application/graphql', { parseAs: 'buffer' }, (request, body, done) => settle(() => parseGraphql(request, utf8(body as Buffer)), done));
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (request, body, done) => settle(() => parseForm(request, body as string), done));
}

function settle(work: () => unknown, done: (error: Error | null, body?: unknown) => void): void {
  try {
    done(null, work());
  } catch (error) {
    done(error as Error);
  }
}

/** Bytes that are no text would come back changed. */
function utf8(body: Buffer): string {
  if (!isUtf8(body)) throw invalid('The body is not text in UTF-8.');
  return body.toString();
}

/** FHIR in XML becomes what FHIR in JSON is; nobody behind this knows which it was. */
async function parseXml(request: FastifyRequest, body: Buffer): Promise<unknown> {
  if (surfaceOf(pathOf(request.url)) !== 'fhir') throw new SalusError('unsupported-media', 'Send JSON as application/json.');
  const text = utf8(body);
  if (text.trim() === '') return undefined;
  try {
    return await readXmlInTurns(text);
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw invalid('The body is not FHIR in XML.', [{ path: error.path ?? 'body', rule: error.path ? 'structure' : 'invalid', message: error.message }]);
  }
}

/** A query on its own (R4 §3.1.7.1); nothing else is written in it. */
function parseGraphql(request: FastifyRequest, text: string): { query: string } {
  if (!pathOf(request.url).endsWith('/$graphql')) throw new SalusError('unsupported-media', 'Send JSON as application/json.');
  return { query: text };
}

function parseBody(request: FastifyRequest, text: string): unknown {
  if (text.trim() === '') return undefined;
  if (surfaceOf(pathOf(request.url)) !== 'fhir' && request.headers['content-type']?.startsWith('text/plain')) {
    throw new SalusError('unsupported-media', 'Send JSON as application/json.');
  }
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw invalid('The body is not valid JSON.', [{ path: 'body', rule: 'invalid', message: error.message }]);
  }
}

/** Clients of the standard API often send JSON under curl's default media type; it is taken for what it is. */
function parseForm(request: FastifyRequest, text: string): unknown {
  const surface = surfaceOf(pathOf(request.url));
  if ((surface === 'standard' || surface === 'portal') && text.trimStart().startsWith('{')) return parseBody(request, text);
  return formFields(text);
}

const MOST_FIELDS = 2000;

/** Repeated fields become arrays; names cannot reach a prototype. */
function formFields(text: string): Record<string, string | string[]> {
  const fields = Object.create(null) as Record<string, string | string[]>;
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++count > MOST_FIELDS) throw new SalusError('too-large', 'The form has too many fields.');
    const before = fields[name];
    fields[name] = before === undefined ? value : [...[before].flat(), value];
  }
  return fields;
}
