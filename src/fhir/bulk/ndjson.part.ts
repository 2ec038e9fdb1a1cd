import type { FileWriter, StoredFile } from '../../files';

const NEWLINE = 0x0a;

/**
 * One NDJSON file in the making. Lines are stored bodies, which hold no line break: JSON escapes them.
 * A page is laid into one buffer and written in one go; while it is on its way to the disk the next is laid into
 * the other buffer, and no more: the disk sets the pace.
 */
export class NdjsonPart {
  count = 0;
  /** Of all pages so far, those still on their way to the disk included. */
  bytes = 0;
  private buffer = Buffer.alloc(0);
  private spare = Buffer.alloc(0);
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly writer: FileWriter) {}


  /** Throws what the write of the page before threw. */
  async write(bodies: readonly Buffer[]): Promise<void> {
    const page = this.lay(bodies);
    await this.writing;
    this.writing = this.writer.write(page);
    // Whoever comes next is told; until then the failure is nobody's to handle.
    this.writing.catch(() => {});
    [this.buffer, this.spare] = [this.spare, this.buffer];
    this.count += bodies.length;
    this.bytes += page.length;
  }

  async commit(): Promise<StoredFile> {
    await this.writing;
    return this.writer.commit();
  }

  async discard(): Promise<void> {
    await this.writing.catch(() => {});
    await this.writer.discard();
  }

  private lay(bodies: readonly Buffer[]): Buffer {
    let size = bodies.length;
    for (const body of bodies) size += body.length;
    if (this.buffer.length < size) this.buffer = Buffer.allocUnsafeSlow(size);
    let at = 0;
    for (const body of bodies) {
      at += body.copy(this.buffer, at);
      this.buffer[at++] = NEWLINE;
    }
    return this.buffer.subarray(0, size);
  }
}
