import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, siteUrls } from '../../config';
import { Db } from '../../database';
import { type Access, context, noteAudit, notFound } from '../../kernel';
import { type Entry, type EntryMethod, type EntryResult, TransactionProcessor } from '../bundle';
import type { PatchDocument } from '../patch/patch-document';
import type { VersionCondition } from '../store';
import { asRequest } from './as-request';
import { resourceInput } from './resource-input';

/** The resource that a write concerns: by id, or by criteria that have to name it. */
export type Target = { id: string } | { query: string };

export interface WriteConditions {
  ifMatch?: VersionCondition;
  /** `If-None-Match: *`. */
  ifNoneMatch?: string;
  /** The criteria of a conditional create. */
  ifNoneExist?: string;
  /** Of a delete: what refers to the resource goes as well. */
  cascade?: boolean;
}

/** What became of a write. */
export type WriteResult = Extract<EntryResult, { kind: 'written' | 'existing' | 'nothing' }>;

/**
 * Writes of single resources (R4 §3.1.0.4 – 3.1.0.8), each in a transaction of its own: a transaction of one entry,
 * so that a condition means the same here and in a Bundle.
 */
@Injectable()
export class Interactions {
  constructor(
    private readonly db: Db,
    private readonly processor: TransactionProcessor,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** With `ifNoneExist` one match is answered as it is, several are refused. */
  async create(access: Access, type: string, body: unknown, conditions: WriteConditions = {}): Promise<WriteResult> {
    return this.run(access, { method: 'POST', address: { type }, resource: resourceInput(body, type), ...conditions });
  }

  /** Creates what is not there. By criteria: R4 §3.1.0.4.3. */
  async update(access: Access, type: string, target: Target, body: unknown, conditions: WriteConditions = {}): Promise<WriteResult> {
    const resource = resourceInput(body, type, 'id' in target ? target.id : undefined);
    return this.run(access, { method: 'PUT', address: { type, ...target }, resource, ...conditions });
  }

  async patch(access: Access, type: string, target: Target, patch: PatchDocument, conditions: WriteConditions = {}): Promise<WriteResult> {
    return this.run(access, { method: 'PATCH', address: { type, ...target }, patch, ...conditions });
  }

  /** Throws `not-found` for what never existed and for what is not the caller's, alike. Criteria may match nothing. */
  async delete(access: Access, type: string, target: Target, conditions: WriteConditions = {}): Promise<WriteResult> {
    const result = await this.run(access, { method: 'DELETE', address: { type, ...target }, ...conditions });
    const never = result.kind === 'written' && result.written.outcome === 'unchanged' && result.written.version === 0;
    if (never && 'id' in target) throw notFound(`${type}/${target.id}`);
    return result;
  }

  private async run(access: Access, request: Omit<Entry, 'index'>): Promise<WriteResult> {
    const { type, id } = request.address;
    noteAudit(ACTION[request.method], id === undefined ? type : `${type}/${id}`);
    try {
      const options = { baseUrl: siteUrls(this.config, context().site).fhir, lone: true };
      const [result] = await this.db.transaction((tx) => this.processor.run(tx, access, [{ index: 0, ...request }], options));
      if (result?.kind === 'existing') noteAudit('create', `${type}/${result.stored.id}`);
      return result as WriteResult;
    } catch (error) {
      throw asRequest(error, type);
    }
  }
}

const ACTION: Record<EntryMethod, string> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete', GET: 'read', HEAD: 'read' };
