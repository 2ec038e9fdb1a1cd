import { Injectable } from '@nestjs/common';
import { Db } from '../../database';
import { settledInstant } from '../../database/settled-instant';
import { FileStore } from '../../files';
import { Job, type JobHandler, type JobRecord, type JobRun } from '../../queue';
import { checkpointOf, EXPORT, type ExportCheckpoint, folderOf, payloadOf } from './export.job';
import { ExportLeg } from './export-leg';
import { ExportLimits, RETENTION_MS } from './export-limits';
import { legsOf } from './export.legs';
import { forgetMembers, freezeMembers, groupMembers } from './group-members';
import { typesPresent } from './types-present';

/**
 * The work of $export: one type after another, pages of stored bytes into NDJSON files. Nothing is parsed or mapped.
 * A file is named in the checkpoint only once it is whole and on disk; after a crash the job goes on behind the last
 * one, so no line is there twice and none is missing.
 */
@Injectable()
@Job({ kind: EXPORT, retention: RETENTION_MS })
export class ExportHandler implements JobHandler {
  constructor(
    private readonly db: Db,
    private readonly files: FileStore,
    private readonly limits: ExportLimits,
  ) {}

  async run(run: JobRun): Promise<void> {
    const payload = payloadOf(run.job);
    const sql = await this.db.sql();
    let checkpoint = checkpointOf(run.job) ?? (await this.begin(run));
    const legs = legsOf(payload, checkpoint);
    const scope = { sql, job: run.job.id, at: checkpoint.transactionTime, since: payload.since, seesSensitive: payload.seesSensitive };
    while (checkpoint.leg < legs.length) {
      const leg = new ExportLeg(run, this.files, this.limits, legs[checkpoint.leg]!, `${checkpoint.leg + 1} of ${legs.length}`);
      checkpoint = await leg.export(scope, checkpoint);
    }
    // Legs without output are not worth a checkpoint each; the manifest is made from this one.
    await run.save(checkpoint, `${checkpoint.exported} resources`);
  }

  async discard(job: JobRecord): Promise<void> {
    await this.files.removeAll(folderOf(job));
    await this.db.transaction((tx) => forgetMembers(tx, job.id));
  }

  private async begin(run: JobRun): Promise<ExportCheckpoint> {
    const { group, types } = payloadOf(run.job);
    const database = await this.db.here();
    const transactionTime = await settledInstant(database);
    if (group !== undefined) {
      const patients = await groupMembers(database.sql, group, transactionTime);
      await database.transaction((tx) => freezeMembers(tx, run.job.id, patients));
    }
    const checkpoint: ExportCheckpoint = { transactionTime, types: await typesPresent(database.sql, types), leg: 0, exported: 0, files: [] };
    await run.save(checkpoint, 'started');
    return checkpoint;
  }
}
