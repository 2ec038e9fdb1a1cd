import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileWriter, StoredFile } from './file-store';

/** Writes beside the place, then renames: readers see the whole file or none. */
export class LocalFileWriter implements FileWriter {
  bytes = 0;
  private open = true;

  private constructor(
    private readonly key: string,
    private readonly path: string,
    private readonly temporary: string,
    private readonly file: FileHandle,
    private readonly hash: Hash | undefined,
  ) {}

  static async create(key: string, path: string, temporary: string, hash: boolean): Promise<LocalFileWriter> {
    return new LocalFileWriter(key, path, temporary, await open(temporary, 'wx', 0o600), hash ? createHash('sha256') : undefined);
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.hash?.update(chunk);
    for (let from = 0; from < chunk.length; ) {
      const { bytesWritten } = await this.file.write(chunk, from, chunk.length - from);
      from += bytesWritten;
    }
    this.bytes += chunk.length;
  }

  async commit(): Promise<StoredFile> {
    await this.file.datasync();
    await this.close();
    await rename(this.temporary, this.path);
    await syncFolder(dirname(this.path));
    return { key: this.key, bytes: this.bytes, ...(this.hash && { sha256: this.hash.digest('hex') }) };
  }

  async discard(): Promise<void> {
    await this.close();
    await rm(this.temporary, { force: true });
  }

  private async close(): Promise<void> {
    if (!this.open) return;
    this.open = false;
    await this.file.close();
  }
}

/** A rename is durable once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
