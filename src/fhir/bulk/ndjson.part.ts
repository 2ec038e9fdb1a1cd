import type { FileWriter, StoredFile } from '../../files';

const NEWLINE = 0x0a;

/**
 * One NDJSON file in the making. Lines are stored bodies, which hold no line break: JSON escapes them.
 * Lines are laid into one buffer, kept from page to page, and written in one go.
 */
export class NdjsonPart {
  count = 0;
  private buffer = Buffer.alloc(0);

  constructor(private readonly writer: FileWriter) {}

  get bytes(): number {
    return this.writer.bytes;
  }

  async write(bodies: readonly Buffer[]): Promise<void> {
    let size = bodies.length;
    for (const body of bodies) size += body.length;
    if (this.buffer.length < size) this.buffer = Buffer.allocUnsafeSlow(size);
    let at = 0;
    for (const body of bodies) {
      at += body.copy(this.buffer, at);
      this.buffer[at++] = NEWLINE;
    }
    await this.writer.write(this.buffer.subarray(0, size));
    this.count += bodies.length;
  }

  commit(): Promise<StoredFile> {
    return this.writer.commit();
  }

  discard(): Promise<void> {
    return this.writer.discard();
  }
}
