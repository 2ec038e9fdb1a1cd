/**
 * Writes a new domain of the standard API and FHIR, complete with its tests.
 * Usage: npm run scaffold domain <name> [-- --practice]
 */
import { join } from 'node:path';
import { ScaffoldError, scaffoldDomain } from './scaffold-domain';

const USAGE = `Usage: npm run scaffold domain <name> [-- --practice]

  <name>       lower-case words joined by dashes, e.g. care-note
  --practice   rows belong to the site; without it they hang on a patient (src/clinical)
`;

function main(): void {
  const [kind, name, ...rest] = process.argv.slice(2).filter((word) => word !== '--practice');
  if (kind !== 'domain' || !name || rest.length > 0) return refuse(USAGE);
  // npm takes an option written without `--` before it for one of its own, and says so in the environment.
  const practice = process.argv.includes('--practice') || process.env.npm_config_practice === 'true';
  try {
    const files = scaffoldDomain(join(__dirname, '..', '..'), { name, layer: practice ? 'practice' : 'clinical', stamp: Date.now() });
    process.stdout.write(`${files.map((file) => `  ${file}\n`).join('')}\nIt works as it is: npx jest ${name}\nNext: its columns, its FHIR type, its access rules.\n`);
  } catch (error) {
    if (!(error instanceof ScaffoldError)) throw error;
    refuse(`${error.message}\n`);
  }
}

function refuse(why: string): void {
  process.stderr.write(why);
  process.exitCode = 2;
}

main();
