export interface TarEntry {
  name: string;
  content: Buffer;
}

const BLOCK = 512;

const field = (header: Buffer, from: number, size: number): string => header.subarray(from, from + size).toString().replace(/\0.*$/s, '');

/** The files of an uncompressed tar archive (ustar). */
export function readTar(archive: Buffer): TarEntry[] {
  const entries: TarEntry[] = [];
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    const name = field(header, 0, 100);
    if (name === '') break;
    const size = Number.parseInt(field(header, 124, 12).trim(), 8);
    const prefix = field(header, 345, 155);
    const isFile = header[156] === 0x30 || header[156] === 0;
    if (isFile) entries.push({ name: prefix ? `${prefix}/${name}` : name, content: archive.subarray(at + BLOCK, at + BLOCK + size) });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}
