import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { invalid } from '../../kernel';

/** A file to import. */
export interface SourceFile {
  path: string;
  /** Size on disk. */
  bytes: number;
  format: 'json' | 'ndjson';
}

const FORMATS: readonly (readonly [RegExp, SourceFile['format']])[] = [
  [/\.ndjson(\.gz)?$/i, 'ndjson'],
  [/\.json(\.gz)?$/i, 'json'],
];

const formatOf = (path: string): SourceFile['format'] | undefined => FORMATS.find(([pattern]) => pattern.test(path))?.[1];

/** The files that `paths` name; folders are searched to the bottom, and what is neither JSON nor NDJSON in them is passed over. */
export async function sourceFiles(paths: readonly string[]): Promise<SourceFile[]> {
  const found = await Promise.all(paths.map(async (path) => filesAt(path)));
  const files = [...new Map(found.flat().map((file) => [file.path, file])).values()];
  if (files.length === 0) throw invalid('There is no .json, .ndjson, .json.gz or .ndjson.gz file there.');
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function filesAt(path: string): Promise<SourceFile[]> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts) throw invalid(`${path} does not exist or cannot be read.`);
  if (facts.isDirectory()) return filesIn(path);
  const format = formatOf(path);
  if (!format) throw invalid(`${path}: expected .json or .ndjson, plain or .gz.`);
  return [{ path, bytes: facts.size, format }];
}

async function filesIn(folder: string): Promise<SourceFile[]> {
  const names = (await readdir(folder, { recursive: true })).map((name) => join(folder, name)).filter(formatOf);
  const files = await Promise.all(names.map(async (path) => ({ path, facts: await stat(path) })));
  return files.filter(({ facts }) => facts.isFile()).map(({ path, facts }) => ({ path, bytes: facts.size, format: formatOf(path)! }));
}
