import type { Readable } from 'node:stream';

export interface StoredFile {
  key: string;
  bytes: number;
  /** SHA-256 of the content, in hex; absent where the writer was told to go without. */
  sha256?: string;
}

export interface WriteOptions {
  /** Hashing costs a third of the time of writing: leave it out where nobody compares (bulk output). */
  hash?: boolean;
}

/** A file in the making. It appears under its key, whole and on disk, at `commit`; until then it does not exist. */
export interface FileWriter {
  readonly bytes: number;
  /** Resolves when the next chunk may come: whoever waits for it holds one chunk in memory, not the file. */
  write(chunk: Uint8Array): Promise<void>;
  commit(): Promise<StoredFile>;
  /** Leaves nothing behind. Harmless after `commit`. */
  discard(): Promise<void>;
}

/** Half-open [start, end) in bytes. */
export interface ByteRange {
  start: number;
  end?: number;
}

/**
 * Stored documents and export output of the current site. Keys are made by code (`export/<job id>/<file id>`),
 * never from what a user sent; anything but small letters, digits, dashes, dots and slashes is refused.
 */
export abstract class FileStore {
  abstract create(key: string, options?: WriteOptions): Promise<FileWriter>;
  /** Throws not-found. */
  abstract read(key: string, range?: ByteRange): Promise<Readable>;
  /** Size in bytes; undefined when there is no such file. */
  abstract size(key: string): Promise<number | undefined>;
  /** Removing what is not there is fine. */
  abstract remove(key: string): Promise<void>;
  /** Removes the folder `prefix` with all it holds, unfinished files too. */
  abstract removeAll(prefix: string): Promise<void>;
  /** Keys below the folder `prefix`, in order. */
  abstract list(prefix: string): Promise<string[]>;

  /** Stores a whole stream; on failure nothing is stored. */
  async put(key: string, source: AsyncIterable<Uint8Array>, options?: WriteOptions): Promise<StoredFile> {
    const writer = await this.create(key, options);
    try {
      for await (const chunk of source) await writer.write(chunk);
      return await writer.commit();
    } catch (error) {
      await writer.discard();
      throw error;
    }
  }
}
