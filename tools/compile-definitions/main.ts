import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compileDefinitions } from './compile-definitions';
import { compileValidation } from './compile-validation';

const COMMITTED = resolve(__dirname, '../../libs/fhir/generated');

if (process.argv.includes('--check')) check();
else write(COMMITTED);

function write(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of [...compileDefinitions(), ...compileValidation()]) writeFileSync(join(folder, file), text);
}

/** Fails when the committed files are not what the definitions yield. */
function check(): void {
  const fresh = mkdtempSync(join(tmpdir(), 'salus-definitions-'));
  try {
    write(fresh);
    const files = [...new Set([...readdirSync(fresh), ...readdirSync(COMMITTED)])];
    const stale = files.filter((file) => contentOf(fresh, file) !== contentOf(COMMITTED, file));
    if (stale.length > 0) {
      console.error(`Stale in libs/fhir/generated: ${stale.join(', ')}. Run npm run generate and commit the result.`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(fresh, { recursive: true });
  }
}

function contentOf(folder: string, file: string): string | undefined {
  return readdirSync(folder).includes(file) ? readFileSync(join(folder, file), 'utf8') : undefined;
}
