import { Injectable } from '@nestjs/common';
import { Db } from '../../database';
import { type Access, context, invalid, newUuid, notFound, SalusError } from '../../kernel';
import { SearchService } from '../search';
import { type Change, ResourceReader, ResourceWriter, type Written } from '../store';
import { resourceInput } from './resource-input';

/** Writes of single resources (R4 §3.1.0.4 – 3.1.0.8), each in a transaction of its own. */
@Injectable()
export class Interactions {
  constructor(
    private readonly db: Db,
    private readonly writer: ResourceWriter,
    private readonly reader: ResourceReader,
    private readonly search: SearchService,
  ) {}

  /** `ifNoneExist` is the query of a conditional create: one match is answered as it is, several are refused. */
  async create(access: Access, type: string, body: unknown, ifNoneExist?: string): Promise<Written> {
    const resource = resourceInput(body, type);
    const existing = ifNoneExist === undefined ? [] : await this.matches(access, type, ifNoneExist);
    if (existing.length > 1) throw new SalusError('precondition-failed', 'If-None-Exist matches more than one resource.');
    if (existing.length === 1) return this.existing(access, type, existing[0]!);
    return this.write(access, { op: 'create', type, id: newUuid(), resource });
  }

  async update(access: Access, type: string, id: string, body: unknown, ifMatch?: number): Promise<Written> {
    const resource = resourceInput(body, type, id);
    return this.write(access, { op: 'update', type, id, resource, ...(ifMatch !== undefined && { ifMatch }) });
  }

  /** Throws `not-found` for what never existed and for what is not the caller's, alike. */
  async delete(access: Access, type: string, id: string, ifMatch?: number): Promise<Written> {
    const written = await this.write(access, { op: 'delete', type, id, ...(ifMatch !== undefined && { ifMatch }) });
    if (written.outcome === 'unchanged' && written.version === 0) throw notFound(`${type}/${id}`);
    return written;
  }

  private async matches(access: Access, type: string, query: string): Promise<string[]> {
    const parameters = [...new URLSearchParams(query)];
    if (parameters.length === 0) throw invalid('If-None-Exist must hold search parameters.');
    return this.search.ids(access, type, parameters, { limit: 2 });
  }

  private async write(access: Access, change: Change): Promise<Written> {
    Object.assign(context().audit, { action: change.op, entity: `${change.type}/${change.id}` });
    const [written] = await this.db.transaction((tx) => this.writer.apply(tx, access, [change]));
    return written!;
  }

  private async existing(access: Access, type: string, id: string): Promise<Written> {
    Object.assign(context().audit, { action: 'create', entity: `${type}/${id}` });
    return { ...(await this.reader.read(access, type, id)), outcome: 'unchanged' };
  }
}
