import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type FhirResource, parseJson, prettyJson, writeXml } from '#libs/fhir';
import { SalusError } from '../../kernel';
import { type AnswerType, FHIR_JSON, typeOfAccept, typeOfFormat } from './negotiate';

interface AnswerFormat extends AnswerType {
  pretty: boolean;
}

const FORMAT = Symbol('format');

type WithFormat = FastifyRequest & { [FORMAT]?: AnswerFormat };

/** Routes that answer with something else than a resource see to their own media types. */
const OWN_TYPES = /\/(?:\$export|\$bulkdata-status|\.well-known\/|\$graphql)/;

const USUAL: AnswerFormat = { syntax: 'json', contentType: FHIR_JSON, pretty: false };
const USUAL_ACCEPT: ReadonlySet<string | undefined> = new Set([undefined, '*/*', 'application/fhir+json']);

/** What cannot be answered is refused before anything is done: a write must not be stored and then refused. */
export function installAnswerFormats(server: FastifyInstance): void {
  server.addHook('preHandler', (request, _reply, done) => {
    if (asked(request) || !request.routeOptions.url?.startsWith('/apis/:site/fhir') || OWN_TYPES.test(request.url.split('?', 1)[0]!)) done();
    else done(isContent(request) ? undefined : notAcceptable());
  });
}

/** A Binary may be read as what it holds; that is for its reader to find out. */
const isContent = ({ method, params, routeOptions }: FastifyRequest): boolean => (method === 'GET' || method === 'HEAD') && (params as { type?: string }).type === 'Binary' && READS.test(routeOptions.url ?? '');

const READS = /\/:type\/:id(?:\/_history\/:version)?$/;

/** Throws `not-acceptable` where none of the forms of FHIR was asked for. */
export function requireAcceptable(request: FastifyRequest): void {
  if (!asked(request)) throw notAcceptable();
}

/** `_format` speaks of the forms of FHIR. */
export const namesFormat = (request: FastifyRequest): boolean => parameter(request, '_format') !== undefined;

/** Sends a resource, given as FHIR JSON, in the form that was asked for. Stored bytes go out as they are where that is JSON. */
export function sendFhir(request: FastifyRequest, reply: FastifyReply, status: number, body: Buffer | string): void {
  const format = asked(request) ?? USUAL;
  const before = reply.getHeader('vary');
  reply.code(status).header('content-type', format.contentType).header('vary', before ? `${String(before)}, accept` : 'accept');
  void reply.send(inFormat(body, format));
}

function inFormat(body: Buffer | string, { syntax, pretty }: AnswerFormat): Buffer | string {
  if (syntax === 'json') return pretty ? prettyJson(body.toString()) : body;
  return writeXml(parseJson(body.toString()) as FhirResource, { pretty });
}

const notAcceptable = (): SalusError => new SalusError('not-acceptable', 'Resources are served as application/fhir+json and application/fhir+xml: ask for one of them in Accept or _format.');

/** Undefined where nothing that is offered will do. */
function asked(request: WithFormat): AnswerFormat | undefined {
  if (request[FORMAT]) return request[FORMAT];
  // Most requests say nothing, and reads are counted in microseconds.
  if (USUAL_ACCEPT.has(request.headers.accept) && request.method !== 'POST' && !/[?&]_(?:format|pretty)=/.test(request.url)) return USUAL;
  const format = parameter(request, '_format');
  const type = format === undefined ? typeOfAccept(request.headers.accept) : typeOfFormat(format);
  if (type) request[FORMAT] = { ...type, pretty: parameter(request, '_pretty') === 'true' };
  return request[FORMAT];
}

/** From the query, or from the form of a search. */
function parameter(request: FastifyRequest, name: string): string | undefined {
  if (request.method === 'GET' && !request.url.includes('?')) return undefined;
  const given = (request.query as Record<string, unknown> | undefined)?.[name] ?? (isForm(request) ? (request.body as Record<string, unknown> | undefined)?.[name] : undefined);
  const [value] = [given].flat();
  return typeof value === 'string' ? value : undefined;
}

const isForm = (request: FastifyRequest): boolean => request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
