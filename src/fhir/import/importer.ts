import { Injectable } from '@nestjs/common';
import { type Access, clock, internalAccess, invalid, newUuid, runInContext, SalusError } from '../../kernel';
import { BundleFile } from './bundle-file';
import { fileBytes, linesOf } from './file-bytes';
import { type ImportReport, Tally } from './import-report';
import { LineFile } from './line-file';
import { type SourceFile, sourceFiles } from './source-file';
import { inLoadingOrder } from './source-order';

/** How far an import is. */
export interface ImportProgress {
  file: string;
  files: { done: number; all: number };
  /** As read from disk. */
  bytes: { done: number; all: number };
  /** Resources stored, or found stored already. */
  stored: number;
  refused: number;
}

export interface ImportOptions {
  onProgress?: (progress: ImportProgress) => void;
}

/** Files larger than this cannot be one JavaScript string. */
const LARGEST_DOCUMENT = 500 * 1024 * 1024;

/**
 * Loads FHIR data from files: Bundles and NDJSON, plain or gzip. Given ids are kept, so a second run changes nothing.
 * What is refused is reported and the rest is stored; a transaction Bundle is never stored in part.
 */
@Injectable()
export class Importer {
  constructor(
    private readonly bundles: BundleFile,
    private readonly lines: LineFile,
  ) {}

  /** Throws `invalid` where `paths` name nothing to import; anything wrong inside of the files is in the report. */
  async importPaths(site: string, paths: readonly string[], { onProgress = () => {} }: ImportOptions = {}): Promise<ImportReport> {
    const files = await inLoadingOrder(await sourceFiles(paths));
    return within(site, async (access) => {
      const run = new Run(files, onProgress);
      for (const file of files) {
        await this.importFile(access, file, run);
        run.fileDone();
      }
      return run.end();
    });
  }

  /** Loads Bundles that are made on the fly. */
  async importBundles(site: string, bundles: Iterable<unknown>, name: string, onBundle: (report: ImportReport) => void = () => {}): Promise<ImportReport> {
    return within(site, async (access) => {
      const started = clock.now();
      const tally = new Tally();
      for (const bundle of bundles) {
        await this.bundles.importBundle(access, name, bundle, tally);
        tally.report.files++;
        onBundle(tally.report);
      }
      return Object.assign(tally.report, { milliseconds: clock.now() - started });
    });
  }

  private async importFile(access: Access, file: SourceFile, run: Run): Promise<void> {
    try {
      const stream = await fileBytes(file.path, (bytes) => run.read(file, bytes));
      if (file.format === 'ndjson') await this.lines.importLines(access, file.path, linesOf(stream), run.tally, () => run.tell(file));
      else await this.bundles.importDocument(access, file.path, await whole(stream), run.tally);
    } catch (error) {
      run.tally.refuse({ file: file.path }, unreadable(error));
    }
  }
}

const within = <T>(site: string, work: (access: Access) => Promise<T>): Promise<T> =>
  runInContext({ site, requestId: newUuid(), audit: {} }, () => work(internalAccess(site, 'import')));

async function whole(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > LARGEST_DOCUMENT) throw invalid('Too large for one JSON document; give it as NDJSON.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A damaged file is the file's fault; anything else (the database, a bug) ends the import. */
function unreadable(error: unknown): SalusError {
  if (error instanceof SalusError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && /^(Z_|EACCES|EISDIR|ENOENT|EIO)/.test(code)) return invalid('The file cannot be read, or is damaged.');
  throw error;
}

/** Progress over all files. */
class Run {
  readonly tally = new Tally();
  private readonly started = clock.now();
  private readonly all: number;
  private bytes = 0;
  private done = 0;

  constructor(
    private readonly files: readonly SourceFile[],
    private readonly onProgress: (progress: ImportProgress) => void,
  ) {
    this.all = files.reduce((sum, file) => sum + file.bytes, 0);
  }

  read(file: SourceFile, bytes: number): void {
    this.bytes += bytes;
    this.tell(file);
  }

  tell(file: SourceFile): void {
    this.onProgress({
      file: file.path,
      files: { done: this.done, all: this.files.length },
      bytes: { done: this.bytes, all: this.all },
      stored: this.tally.done,
      refused: this.tally.report.refused,
    });
  }

  fileDone(): void {
    this.tell(this.files[this.done++]!);
  }

  end(): ImportReport {
    return Object.assign(this.tally.report, { files: this.done, milliseconds: clock.now() - this.started });
  }
}
