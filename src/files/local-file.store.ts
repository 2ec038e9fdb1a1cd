import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config';
import { currentSite, newUuid, notFound } from '../kernel';
import { type ByteRange, FileStore, type FileWriter, type WriteOptions } from './file-store';
import { LocalFileWriter } from './local-file.writer';

const SEGMENT = /^[a-z0-9][a-z0-9.-]*$/;
/** No key begins with a dot, so nothing under such a name is ever listed or read. */
const TEMPORARY = '.part-';

const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Files on the local disk: DATA_DIR/sites/<site>/files/<key>. */
@Injectable()
export class LocalFileStore extends FileStore {
  constructor(@Inject(CONFIG) private readonly config: Config) {
    super();
  }

  async create(key: string, { hash = true }: WriteOptions = {}): Promise<FileWriter> {
    const path = this.path(key);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return LocalFileWriter.create(key, path, join(dirname(path), `${TEMPORARY}${newUuid()}`), hash);
  }

  async read(key: string, { start, end }: ByteRange = { start: 0 }): Promise<Readable> {
    const file = await open(this.path(key), 'r').catch((error: unknown) => {
      throw isMissing(error) ? notFound('The file') : error;
    });
    return createReadStream('', { fd: file, start, highWaterMark: 256 * 1024, ...(end !== undefined && { end: end - 1 }) });
  }

  async size(key: string): Promise<number | undefined> {
    try {
      return (await stat(this.path(key))).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await rm(this.path(key), { force: true });
  }

  async removeAll(prefix: string): Promise<void> {
    await rm(this.path(prefix), { recursive: true, force: true });
  }

  async list(prefix: string): Promise<string[]> {
    const root = this.path(prefix);
    try {
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith(TEMPORARY));
      return files.map((entry) => prefix + join(entry.parentPath, entry.name).slice(root.length)).sort();
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  private path(key: string): string {
    const segments = key.split('/');
    if (!segments.every((segment) => SEGMENT.test(segment)) || key.length > 200) throw new Error('Not a key of the file store.');
    return join(this.config.DATA_DIR, 'sites', currentSite(), 'files', ...segments);
  }
}
