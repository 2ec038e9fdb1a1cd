/**
 * Writes .env.example from the table of settings, or checks that it is up to date.
 * Usage: tsx tools/env-example.ts [--check]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { settings } from '../src/config/schema';

const FILE = '.env.example';

const HEADER = `# Every setting of Salus, with its default. Copy to .env and uncomment what differs.
# Generated from src/config/schema.ts by npm run generate:env; do not edit.
`;

export interface Setting {
  schema: z.ZodType;
  about: string;
}

/** The value a setting has when the environment says nothing, as one would write it there; '' where it has none. */
export function defaultOf({ schema }: Setting): string {
  const parsed = schema.safeParse(undefined);
  if (!parsed.success || parsed.data === undefined) return '';
  return Array.isArray(parsed.data) ? parsed.data.join(',') : String(parsed.data);
}

/** The text of .env.example for a table of settings: each with its comment, commented out so that copying it changes nothing. */
export function envExample(table: Readonly<Record<string, Setting>>): string {
  const entries = Object.entries(table).map(([name, setting]) => `\n# ${setting.about}\n#${name}=${defaultOf(setting)}\n`);
  return HEADER + entries.join('');
}

function main(): void {
  const text = envExample(settings);
  if (!process.argv.includes('--check')) return writeFileSync(FILE, text);
  if (existsSync(FILE) && readFileSync(FILE, 'utf8') === text) return console.log(`${FILE}: as generated`);
  console.error(`${FILE} does not match src/config/schema.ts: run npm run generate:env.`);
  process.exitCode = 1;
}

if (require.main === module) main();
