import { AsyncLocalStorage } from 'node:async_hooks';
import type { Access } from './access';

/** What every line of a request's work may know without being passed it. */
export interface RequestContext {
  requestId: string;
  /** Site key from the URL; every repository takes its database from here. */
  site: string;
  /** Set by the guard once the caller is known. */
  access?: Access;
  /** Absent in jobs and on the command line. */
  http?: { method: string; route: string; address: string };
  /** What the audit row of this request will say; filled in along the way. */
  audit: AuditNote;
}

export interface AuditNote {
  /** Logical id of the patient the request concerned, as soon as it is known. */
  patient?: string;
  /** `Type/id` or the name of the thing acted on. */
  entity?: string;
  /** FHIR interaction or a verb of the house: read, search, create, update, delete, export, login, token … */
  action?: string;
  /** True once a write has stored the row in its own transaction. */
  written?: boolean;
}

const storage = new AsyncLocalStorage<RequestContext>();

export const runInContext = <T>(context: RequestContext, work: () => T): T => storage.run(context, work);

export const contextOrNone = (): RequestContext | undefined => storage.getStore();

/** The current request or job. Throws outside of one: work without a site must not guess. */
export function context(): RequestContext {
  const current = storage.getStore();
  if (!current) throw new Error('No request context: run this inside runInContext().');
  return current;
}

export const currentSite = (): string => context().site;

/** What this request's audit row says it did, and to what. */
export function noteAudit(action: string, entity: string, patient?: string): void {
  const audit = storage.getStore()?.audit;
  if (audit) Object.assign(audit, { action, entity, ...(patient !== undefined && { patient }) });
}
