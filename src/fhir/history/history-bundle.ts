import { instant, isUuid } from '../../kernel';
import type { StoredVersion } from '../store';
import type { HistoryRequest } from './history-request';

export type HistoryEntry = StoredVersion;

export interface HistoryPage {
  /** Base URL of the FHIR endpoint. */
  base: string;
  request: HistoryRequest;
  /** When it was asked: what comes later is found by `_since` this instant. */
  at: number;
  entries: readonly HistoryEntry[];
  total?: number;
  /** Cursor of the next page. */
  next?: string;
}

const STATUS = { create: '201 Created', update: '200 OK', delete: '204 No Content' } as const;

/** A history Bundle around stored bytes. */
export function historyBundle(page: HistoryPage): Buffer {
  const head = { resourceType: 'Bundle', meta: { lastUpdated: instant(page.at) }, type: 'history', ...(page.total !== undefined && { total: page.total }), link: links(page) };
  const parts: Buffer[] = [Buffer.from(JSON.stringify(head).slice(0, -1))];
  // An empty list is no valid JSON of FHIR: without entries there is no element.
  let before = ',"entry":[';
  for (const entry of page.entries) {
    parts.push(Buffer.from(before), ...entryBytes(page.base, entry));
    before = ',';
  }
  parts.push(Buffer.from(page.entries.length > 0 ? ']}' : '}'));
  return Buffer.concat(parts);
}

/** A deletion has no resource. `response.location` is the address of the version (R4 §3.1.0.13). */
function entryBytes(base: string, { type, id, version, lastUpdated, operation, body }: HistoryEntry): Buffer[] {
  const fullUrl = `${base}/${type}/${id}`;
  const request = requestOf(type, id, version, operation);
  const response = { status: STATUS[operation], location: `${fullUrl}/_history/${version}`, etag: `W/"${version}"`, lastModified: instant(lastUpdated) };
  const tail = `"request":${JSON.stringify(request)},"response":${JSON.stringify(response)}}`;
  const head = `{"fullUrl":${JSON.stringify(fullUrl)},`;
  return operation === 'delete' ? [Buffer.from(head + tail)] : [Buffer.from(`${head}"resource":`), body, Buffer.from(`,${tail}`)];
}

/** An id that this server would not have made, or that had been in use, was the client's choice: that is a PUT. */
function requestOf(type: string, id: string, version: number, operation: HistoryEntry['operation']): { method: string; url: string } {
  if (operation === 'create' && version === 1 && isUuid(id)) return { method: 'POST', url: type };
  return { method: operation === 'delete' ? 'DELETE' : 'PUT', url: `${type}/${id}` };
}

function links({ base, request, next }: HistoryPage): { relation: string; url: string }[] {
  const path = [request.type, request.id, '_history'].filter((part) => part !== undefined).join('/');
  const url = (parameters: [string, string][]) => {
    const query = new URLSearchParams(parameters).toString();
    return `${base}/${path}${query ? `?${query}` : ''}`;
  };
  const self = { relation: 'self', url: url(request.used) };
  if (next === undefined) return [self];
  return [self, { relation: 'next', url: url([...request.used.filter(([name]) => name !== '_cursor'), ['_cursor', next]]) }];
}
