import { brotliDecompressSync } from 'node:zlib';

/** Loaded on first use: most processes never ask. */
const blocks = (): readonly string[] => (require('../generated/definitions') as typeof import('../generated/definitions')).BLOCKS;

/** Block `number` as text; 0 is the index. */
export const unpackBlock = (number: number): string => brotliDecompressSync(Buffer.from(blocks()[number]!, 'base64')).toString();
