import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The content of a file, unpacked where it is gzip, whatever its name. `onRead` hears of bytes as they leave the disk. */
export async function fileBytes(path: string, onRead: (bytes: number) => void = () => {}): Promise<Readable> {
  const packed = await isGzip(path);
  const raw = createReadStream(path, { highWaterMark: 256 * 1024 });
  raw.on('data', (chunk) => onRead(chunk.length));
  if (!packed) return raw;
  const unpacked = createGunzip({ chunkSize: 256 * 1024 });
  raw.on('error', (error) => unpacked.destroy(error));
  unpacked.on('close', () => raw.destroy());
  return raw.pipe(unpacked);
}

/** RFC 1952 §2.3.1. */
async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** Throws ERR_ENCODING_INVALID_ENCODED_DATA where the bytes are not UTF-8: a replaced character would be a loss. */
export const decodeUtf8 = (bytes: Buffer): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);

const NEW_LINE = 0x0a;

/** Lines without their ends. Only the line feed ends a line: other line separators may stand within JSON strings. */
export async function* linesOf(stream: Readable): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(NEW_LINE); end >= 0; end = chunk.indexOf(NEW_LINE, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, end)]);
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}
