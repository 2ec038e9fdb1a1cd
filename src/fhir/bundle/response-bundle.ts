import { operationOutcome } from '#libs/fhir';
import { ERROR_STATUS, instant } from '../../kernel';
import { errorOutcome } from './error-outcome';
import type { EntryResult } from './step';

/** How the caller wants writes to be answered (`Prefer: return=…`, R4 §3.1.0.2). */
export interface ResponseOptions {
  baseUrl: string;
  prefer?: string;
}

/** `response` of an entry, with the resource whose bytes go beside it. */
interface Answer {
  response: { status: string; location?: string; etag?: string; lastModified?: string; outcome?: unknown };
  fullUrl?: string;
  resource?: Buffer;
}

/** The answer to a Bundle, one entry for each of its own and in their order; resources are stored bytes. */
export function responseBundle(type: 'transaction-response' | 'batch-response', results: readonly EntryResult[], options: ResponseOptions): Buffer {
  const parts: Buffer[] = [Buffer.from(`{"resourceType":"Bundle","type":"${type}"${results.length > 0 ? ',"entry":[' : '}'}`)];
  for (const [index, result] of results.entries()) {
    if (index > 0) parts.push(Buffer.from(','));
    parts.push(...entryBytes(answerOf(result, options)));
  }
  if (results.length > 0) parts.push(Buffer.from(']}'));
  return Buffer.concat(parts);
}

function entryBytes({ response, fullUrl, resource }: Answer): Buffer[] {
  const tail = `"response":${JSON.stringify(response)}}`;
  if (!resource) return [Buffer.from(`{${tail}`)];
  const head = fullUrl === undefined ? '{' : `{"fullUrl":${JSON.stringify(fullUrl)},`;
  return [Buffer.from(`${head}"resource":`), resource, Buffer.from(`,${tail}`)];
}

function answerOf(result: EntryResult, options: ResponseOptions): Answer {
  switch (result.kind) {
    case 'refused': return refused(result);
    case 'nothing': return { response: { status: STATUS[204] } };
    case 'read': return readAnswer(result, options);
    case 'existing': return writeAnswer(result.stored, 200, options);
    default: return written(result, options);
  }
}

const STATUS = { 200: '200 OK', 201: '201 Created', 204: '204 No Content', 304: '304 Not Modified' } as const;

function refused({ error }: Extract<EntryResult, { kind: 'refused' }>): Answer {
  return { response: { status: `${ERROR_STATUS[error.kind]} ${error.kind}`, outcome: errorOutcome(error) } };
}

function written({ entry, written: done }: Extract<EntryResult, { kind: 'written' }>, options: ResponseOptions): Answer {
  if (entry.method !== 'DELETE') return writeAnswer(done, done.outcome === 'created' ? 201 : 200, options);
  return { response: { status: STATUS[204], ...(done.version > 0 && versionFacts(done)) } };
}

interface Version { type: string; id: string; version: number; lastUpdated: number; body: Buffer }

function writeAnswer(done: Version, status: 200 | 201, { baseUrl, prefer }: ResponseOptions): Answer {
  const { type, id, version } = done;
  const fullUrl = `${baseUrl}/${type}/${id}`;
  const response = { status: STATUS[status], location: `${fullUrl}/_history/${version}`, ...versionFacts(done) };
  if (prefer === 'representation' && done.body.length > 0) return { response, fullUrl, resource: done.body };
  if (prefer !== 'OperationOutcome') return { response };
  return { response: { ...response, outcome: operationOutcome([{ severity: 'information', code: 'informational', diagnostics: `Stored as version ${version}.` }]) } };
}

function readAnswer({ entry, status, body, version, lastUpdated }: Extract<EntryResult, { kind: 'read' }>, { baseUrl }: ResponseOptions): Answer {
  const { type, id } = entry.address;
  const facts = version === undefined ? {} : versionFacts({ version, lastUpdated: lastUpdated! });
  return { response: { status: STATUS[status], ...facts }, ...(body && { resource: body }), ...(id !== undefined && entry.address.operation === undefined && !entry.address.history && { fullUrl: `${baseUrl}/${type}/${id}` }) };
}

const versionFacts = ({ version, lastUpdated }: { version: number; lastUpdated: number }) => ({ etag: `W/"${version}"`, lastModified: instant(lastUpdated) });
