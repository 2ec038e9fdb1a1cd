import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below `src` and `test` of a tree with its text: two equal trees are the same tree. */
export function treeOf(root: string): Record<string, string> {
  const files = ['src', 'test'].flatMap((top) => readdirSync(join(root, top), { recursive: true, withFileTypes: true }));
  return Object.fromEntries(files.filter((file) => file.isFile()).map((file) => [join(file.parentPath, file.name), readFileSync(join(file.parentPath, file.name), 'utf8')]));
}
