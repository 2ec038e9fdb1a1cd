import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const TOPS = 'src|libs|test|bench|tools|docs|scripts|docker|bin|\\.ci';
const IN_CODE = new RegExp(`\`((?:${TOPS})/[\\w./*{},-]*)\``, 'g');
const LINK = /\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g;

/** Paths that a document names, in code or as a link, and that are not there: one sentence each. */
export function missingPaths(root: string, file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const named = [...text.matchAll(IN_CODE)].map((match) => match[1]!);
  const linked = [...text.matchAll(LINK)].map((match) => normalize(join(dirname(file), match[1]!)));
  const missing = [...new Set([...named, ...linked])].filter((path) => !isThere(root, path));
  return missing.map((path) => `${file} names ${path}, which is not there.`);
}

/** `*` and `{a,b}` stand for what they do in a shell; one match is enough. */
function isThere(root: string, path: string): boolean {
  if (!/[*{]/.test(path)) return existsSync(join(root, path));
  const fixed = path.slice(0, path.search(/[*{]/));
  const folder = fixed.slice(0, fixed.lastIndexOf('/'));
  if (!existsSync(join(root, folder))) return false;
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);
  return files.some((name) => globOf(path).test(name));
}

function globOf(path: string): RegExp {
  const parts = path.split(/(\*\*|\*|\{[^}]*\})/);
  const patterns = parts.map((part) => {
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part.startsWith('{')) return `(?:${part.slice(1, -1).split(',').map(literal).join('|')})`;
    return literal(part);
  });
  return new RegExp(`^${patterns.join('')}$`);
}

const literal = (text: string): string => text.replace(/[.+?^$()|[\]\\]/g, '\\$&');

/** The documents people read: those at the top, of docs and of bench. */
export function documents(root: string): string[] {
  const top = readdirSync(root).filter((name) => name.endsWith('.md'));
  const below = ['docs', 'bench'].flatMap((folder) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`) : []));
  return [...top, ...below.filter((name) => name.endsWith('.md'))].sort();
}
