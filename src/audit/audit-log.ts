import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Sites, type SqlValue, type Tx } from '../database';
import { type Access, type AuditNote, clock, contextOrNone, log, timedUuid } from '../kernel';
import { auditTable } from './audit.table';

/** What the HTTP layer knows of a request when it ends. */
export interface RequestFacts {
  site: string;
  requestId: string;
  method: string;
  /** The route's template (`/apis/:site/fhir/:type`), never the URL with its values. */
  route: string;
  status: number;
  address: string;
  access?: Access;
  note: AuditNote;
}

const COLUMNS = Object.keys(auditTable.columns);
const FLUSH_AFTER_MS = 50;
const FLUSH_AT = 500;
/** A batch at least so often is on disk before the next is begun; those between are from the next commit on. */
const SYNCED_EVERY_MS = 1000;

/**
 * Writes one row per request. A write's row commits with the write; rows of reads and refusals are gathered and
 * stored a few at a time, within 50 ms and before the process ends.
 */
@Injectable()
export class AuditLog implements OnModuleDestroy {
  private readonly waiting = new Map<string, SqlValue[][]>();
  private readonly synced = new Map<string, number>();
  private readonly settling = new Map<string, NodeJS.Timeout>();
  private timer?: NodeJS.Timeout;
  private flushing: Promise<void> = Promise.resolve();

  constructor(private readonly sites: Sites) {}

  /** In the transaction of a write made by a request; later calls of the same request add nothing. */
  async recordWrite(tx: Tx, access: Access): Promise<void> {
    const request = contextOrNone();
    if (!request?.http || request.audit.written) return;
    const { method, route, address } = request.http;
    request.audit.written = true;
    tx.afterRollback(() => {
      request.audit.written = false;
    });
    await tx.insert(auditTable.name, COLUMNS, [row({ site: request.site, requestId: request.requestId, method, route, address, status: statusOfWrite(route, request.audit.action), access, note: request.audit })]);
  }

  /** At the end of every request. */
  record(facts: RequestFacts): void {
    if (facts.note.written) return;
    const rows = this.waiting.get(facts.site) ?? [];
    rows.push(row(facts));
    this.waiting.set(facts.site, rows);
    if (rows.length >= FLUSH_AT) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
  }

  /** Stores what is waiting. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batches = [...this.waiting];
    this.waiting.clear();
    this.flushing = this.flushing.then(async () => {
      for (const [site, rows] of batches) await this.store(site, rows);
    });
    return this.flushing;
  }

  async onModuleDestroy(): Promise<void> {
    await this.flush();
    for (const timer of this.settling.values()) clearTimeout(timer);
  }

  /** The last rows before a quiet time are brought to disk, too. */
  private settle(site: string): void {
    if (this.settling.has(site)) return;
    const timer = setTimeout(() => {
      this.settling.delete(site);
      this.sites.database(site).then((database) => database.sync()).catch((error: unknown) => log.error({ err: error, site }, 'audit rows could not be brought to disk'));
    }, SYNCED_EVERY_MS).unref();
    this.settling.set(site, timer);
  }

  private async store(site: string, rows: SqlValue[][]): Promise<void> {
    try {
      const database = await this.sites.database(site);
      const synced = clock.now() - (this.synced.get(site) ?? 0) >= SYNCED_EVERY_MS;
      await database.append(auditTable.name, COLUMNS, rows, synced);
      if (synced) this.synced.set(site, clock.now());
      else this.settle(site);
    } catch (error) {
      log.error({ err: error, site, rows: rows.length }, 'audit rows could not be stored');
    }
  }
}

function row({ requestId, method, route, status, address, access, note }: RequestFacts): SqlValue[] {
  const actor = access?.actor;
  const at = clock.now();
  return [
    timedUuid(at), at, requestId.slice(0, 64), actor?.kind ?? 'anonymous', (actor?.fhirUser ?? actor?.id ?? '').slice(0, 128), (actor?.name ?? '').slice(0, 190),
    actor?.clientId?.slice(0, 64) ?? null, (note.patient ?? access?.patient)?.slice(0, 64) ?? null, (note.action ?? method.toLowerCase()).slice(0, 40), note.entity?.slice(0, 128) ?? null,
    method.slice(0, 10), route.slice(0, 190), status, outcomeOf(status), address.slice(0, 64),
  ];
}

/** The row of a write is stored before the answer is sent, so it says what such a write is answered. */
function statusOfWrite(route: string, action: string | undefined): number {
  if (action === 'create') return 201;
  return action === 'delete' && route.includes('/fhir') ? 204 : 200;
}

function outcomeOf(status: number): string {
  if (status < 400) return 'success';
  return status === 401 || status === 403 ? 'refused' : status < 500 ? 'invalid' : 'failure';
}
