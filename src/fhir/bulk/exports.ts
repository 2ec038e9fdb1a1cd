import { Injectable } from '@nestjs/common';
import { hasOperationScope, mayExport } from '../../auth';
import { Db } from '../../database';
import { type Access, clock, forbidden, internalAccess, isUuid, notFound, SalusError } from '../../kernel';
import { type JobRecord, Jobs } from '../../queue';
import { ResourceReader } from '../store';
import { EXPORT, type ExportPayload } from './export.job';
import { ExportLimits } from './export-limits';
import type { ExportParameters } from './request/export-parameters';
import { type ExportLevel, exportableTypes } from './request/exportable-types';

export interface Kickoff {
  url: string;
  level: ExportLevel;
  group?: string;
  parameters: ExportParameters;
  lenient: boolean;
}

const SCOPE_TYPE = { system: '*', patient: 'Patient', group: 'Group' } as const;

/** Whose export it is: the client, and the person where one signed in. No other sees it. */
const ownerOf = ({ actor }: Access): string => `${actor.clientId ?? ''} ${actor.kind}/${actor.id}`;

/** Exports of the current site, as their owners see them. */
@Injectable()
export class Exports {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly reader: ResourceReader,
    private readonly limits: ExportLimits,
  ) {}

  /** Returns the id of the job. What the token may read is settled here and now. */
  async start(access: Access, kickoff: Kickoff): Promise<string> {
    const { level, group, url } = kickoff;
    if (!mayExport(access, SCOPE_TYPE[level])) throw forbidden('The token does not allow exporting. It takes a backend client with system scopes.');
    const types = exportableTypes(access, level, kickoff.parameters.types, kickoff.lenient);
    if (group !== undefined) await this.assertGroup(access, group);
    const { since } = kickoff.parameters;
    const payload: ExportPayload = {
      request: url, level, types, seesSensitive: access.seesSensitive,
      ...(group !== undefined && { group }),
      ...(since !== undefined && { since }),
    };
    return this.submit(ownerOf(access), payload);
  }

  /** Throws not-found alike for what never was, is over, or is another's. */
  async find(access: Access, id: unknown): Promise<JobRecord> {
    const job = typeof id === 'string' && isUuid(id) ? await this.jobs.find(id) : undefined;
    const isThere = job?.kind === EXPORT && job.state !== 'cancelled' && (job.expires ?? Number.POSITIVE_INFINITY) > clock.now();
    if (!isThere || job.owner !== ownerOf(access)) throw notFound('The export');
    return job;
  }

  /** Stops it and removes its files. */
  async cancel(access: Access, id: unknown): Promise<void> {
    if (!(await this.jobs.cancel(await this.find(access, id)))) throw notFound('The export');
  }

  /** Who may export Groups may know of each whether it exists; others need the right to read it. */
  private async assertGroup(access: Access, id: string): Promise<void> {
    const reading = hasOperationScope(access, 'export', 'Group') ? internalAccess(access.site, EXPORT) : access;
    await this.reader.read(reading, 'Group', id);
  }

  private submit(owner: string, payload: ExportPayload): Promise<string> {
    return this.db.transaction(async (tx) => {
      // Kick-offs of a site pass here one by one, so that counting and adding are one step.
      await tx.take('bulk_export');
      if ((await this.jobs.countActive(tx, owner, EXPORT)) >= this.limits.activePerClient) {
        throw new SalusError('too-many', 'Too many of your exports are waiting or running; start the next when one has ended.', [], { headers: { 'retry-after': '60' } });
      }
      return this.jobs.submit(tx, { kind: EXPORT, owner, payload });
    });
  }
}
