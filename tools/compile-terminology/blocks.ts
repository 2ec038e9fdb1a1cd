import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { Definition } from './sources';

/** What is compressed as one: a reader unpacks a block to get at one resource of it. */
const BLOCK_BYTES = 160_000;

/** The content as texts: the first lists what there is and in which block and line, each other holds resources, one a line. */
export function toTexts(definitions: readonly Definition[]): string[] {
  const valueSets = new Set(definitions.filter(({ resourceType }) => resourceType === 'ValueSet').map(({ url }) => url));
  const blocks: string[][] = [[]];
  let bytes = 0;
  const index = definitions.map((definition) => {
    const line = JSON.stringify(definition);
    if (bytes + line.length > BLOCK_BYTES && bytes > 0) {
      blocks.push([]);
      bytes = 0;
    }
    bytes += line.length;
    const at = blocks.at(-1)!.push(line) - 1;
    const { resourceType, id, url, version, status, name, title } = definition;
    return [resourceType, id, url, version, status, name, title].map(plain).concat(String(blocks.length), String(at), isWhole(definition, valueSets) ? '' : 'imports').join('\t');
  });
  return [index.join('\n'), ...blocks.map((lines) => lines.join('\n'))];
}

/** Are the value sets that it imports there? Those of VSAC are not. */
function isWhole({ compose }: Definition, valueSets: ReadonlySet<string>): boolean {
  const { include = [], exclude = [] } = (compose ?? {}) as { include?: { valueSet?: string[] }[]; exclude?: { valueSet?: string[] }[] };
  return [...include, ...exclude].flatMap(({ valueSet = [] }) => valueSet).every((canonical) => valueSets.has(canonical.split('|')[0]!));
}

/** Tabs and line feeds part the index. */
const plain = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ');

export const pack = (text: string): string => brotliCompressSync(Buffer.from(text)).toString('base64');

export const unpack = (packed: string): string => brotliDecompressSync(Buffer.from(packed, 'base64')).toString();
