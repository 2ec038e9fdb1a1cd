import type { FileStore } from '../../files';
import { newUuid } from '../../kernel';
import type { JobRun } from '../../queue';
import { deletionBundles } from './deletion-bundles';
import { type ExportCheckpoint, folderOf, type Position } from './export.job';
import type { ExportLimits } from './export-limits';
import type { Leg } from './export.legs';
import { NdjsonPart } from './ndjson.part';
import { versionBodies } from './walk/version-bodies';
import { type Page, pages, type WalkScope } from './walk/walk';

/** Exports one leg: opens a file when there is a line for it, closes it when it is large enough. */
export class ExportLeg {
  private part?: NdjsonPart;
  private key = '';

  constructor(
    private readonly run: JobRun,
    private readonly files: FileStore,
    private readonly limits: ExportLimits,
    private readonly leg: Leg,
    private readonly place: string,
  ) {}

  /** Returns the checkpoint behind this leg. On failure the file in hand is gone, those before it stand. */
  async export(scope: WalkScope, start: ExportCheckpoint): Promise<ExportCheckpoint> {
    let checkpoint = start;
    try {
      for await (const page of pages(this.leg.walk(scope), start.after)) {
        this.run.signal.throwIfAborted();
        await this.write(scope, page);
        this.run.report(this.progress(checkpoint.exported + (this.part?.count ?? 0)));
        if (page.after && this.part && this.part.bytes >= this.limits.partBytes) checkpoint = await this.closePart(checkpoint, page.after);
      }
      const { after: _, ...rest } = this.part ? await this.closePart(checkpoint, undefined) : checkpoint;
      return { ...rest, leg: start.leg + 1 };
    } finally {
      await this.part?.discard();
    }
  }

  private async write(scope: WalkScope, { bodies, refs }: Page): Promise<void> {
    if (bodies.length + refs.length === 0) return;
    this.part ??= await this.openPart();
    if (this.leg.list === 'deleted') return this.part.write(deletionBundles(bodies.map(String)));
    if (bodies.length > 0) await this.part.write(bodies);
    for await (const fetched of versionBodies(scope.sql, refs)) {
      this.run.signal.throwIfAborted();
      await this.part.write(fetched);
    }
  }

  private async openPart(): Promise<NdjsonPart> {
    this.key = `${folderOf(this.run.job)}/${newUuid()}`;
    return new NdjsonPart(await this.files.create(this.key, { hash: false }));
  }

  /** First the file, then the word that it is there. */
  private async closePart(checkpoint: ExportCheckpoint, after: Position | undefined): Promise<ExportCheckpoint> {
    const part = this.part!;
    const { bytes } = await part.commit();
    this.part = undefined;
    const { list, type } = this.leg;
    const file = { list, type: list === 'deleted' ? 'Bundle' : type, key: this.key, count: part.count, bytes };
    const position = after ? { leg: checkpoint.leg, after } : { leg: checkpoint.leg + 1 };
    const exported = checkpoint.exported + part.count;
    const { transactionTime, types, files } = checkpoint;
    const next: ExportCheckpoint = { transactionTime, types, ...position, exported, files: [...files, file] };
    await this.run.save(next, this.progress(exported));
    return next;
  }

  private progress(exported: number): string {
    return `${exported} resources; ${this.leg.type}, ${this.place}`;
  }
}
