import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { compileDefinitions } from './compile-definitions';
import { compileValidation } from './compile-validation';
import { hasUsCorePackages } from './profiles/us-core-packages';

const COMMITTED = resolve(__dirname, '../../libs/fhir/generated');
/** Made of packages that lie beside the repository; a bare clone has what was committed, and no more. */
const FROM_PACKAGES = /^profiles\/us-core-/;

if (!hasUsCorePackages()) console.warn('SKIPPED: libs/fhir/generated/profiles/us-core-*: the US Core packages (../shared/fhir) are not beside the repository.');
if (process.argv.includes('--check')) check();
else write(COMMITTED);

function write(folder: string): void {
  for (const [file, text] of [...compileDefinitions(), ...compileValidation()]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

/** Fails when the committed files are not what the definitions yield. */
function check(): void {
  const fresh = mkdtempSync(join(tmpdir(), 'salus-definitions-'));
  try {
    write(fresh);
    const files = [...new Set([...filesIn(fresh), ...filesIn(COMMITTED)])].filter((file) => hasUsCorePackages() || !FROM_PACKAGES.test(file));
    const stale = files.filter((file) => contentOf(fresh, file) !== contentOf(COMMITTED, file));
    if (stale.length > 0) {
      console.error(`Stale in libs/fhir/generated: ${stale.join(', ')}. Run npm run generate and commit the result.`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(fresh, { recursive: true });
  }
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function contentOf(folder: string, file: string): string | undefined {
  return filesIn(folder).includes(file) ? readFileSync(join(folder, file), 'utf8') : undefined;
}
