/**
 * Refuses files that have grown past what one reads in a sitting.
 * Usage: tsx tools/check-sizes.ts
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const MAX_LINES = 400;
const ROOTS = ['src', 'libs', 'tools', 'bench', 'scripts', 'bin'];
const CODE = /\.(ts|js|cjs|mjs|sh)$/;
const NOT_COUNTED = /(^|\/)(generated|node_modules)\/|\.(e2e-)?spec\.ts$/;

/** Files that may be longer, each with the reason why cutting them would make them worse. */
export const EXEMPT: Readonly<Record<string, string>> = {};

interface Counted {
  path: string;
  lines: number;
}

function codeFilesUnder(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => CODE.test(path) && !NOT_COUNTED.test(path));
}

function countLines(path: string): Counted {
  const text = readFileSync(path, 'utf8');
  return { path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) };
}

/** What is wrong with the sizes of the given files: one sentence per finding, none when all is well. */
export function sizeFindings(files: Counted[], exempt: Readonly<Record<string, string>> = EXEMPT): string[] {
  const tooLong = files.filter((file) => file.lines > MAX_LINES);
  const needed = new Set(tooLong.map((file) => file.path));
  return [
    ...tooLong
      .filter((file) => !(file.path in exempt))
      .map((file) => `${file.path} has ${file.lines} lines, more than ${MAX_LINES}: split it by what changes together.`),
    ...Object.keys(exempt)
      .filter((path) => !needed.has(path))
      .map((path) => `${path} is exempt in tools/check-sizes.ts without need: remove it from the list.`),
  ];
}

function main(): void {
  const files = ROOTS.flatMap(codeFilesUnder).map(countLines);
  const findings = sizeFindings(files);
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) process.exit(1);
  console.log(`sizes: ${files.length} files, none over ${MAX_LINES} lines`);
}

if (require.main === module) main();
