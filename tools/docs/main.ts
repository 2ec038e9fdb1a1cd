/**
 * Writes docs/generated from the built application, or checks that it is up to date and that the documents name nothing that is not there.
 * Usage: npm run docs, npm run docs:check
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { settings } from '../../src/config/schema';
import { openApiFindings } from '../check-openapi';
import { inBuiltHouse } from './built-house';
import { environmentPage } from './environment';
import { type Capability, type DeclaredSource, fhirResourcesPage } from './fhir-resources';
import { documents, missingPaths } from './named-paths';

const ROOT = join(__dirname, '..', '..');

/** Path → text of every generated document. Throws where the OpenAPI document is faulty. */
async function generated(): Promise<Record<string, string>> {
  const { sources, capability, openapi } = await inBuiltHouse(({ app, config, fhir, web }) => ({
    sources: app.get(fhir.SourceRegistry).all().map(({ source }) => source as DeclaredSource),
    capability: JSON.parse(app.get(fhir.CapabilityStatement).forSite(config.SITES[0]!).toString()) as Capability,
    openapi: web.openApiDocument(app, config),
  }));
  const text = `${JSON.stringify(openapi, null, 2)}\n`;
  const findings = await openApiFindings(JSON.parse(text) as Record<string, unknown>);
  if (findings.length > 0) throw new Error(`The OpenAPI document is faulty:\n${findings.join('\n')}`);
  return {
    'docs/generated/environment.md': environmentPage(settings),
    'docs/generated/fhir-resources.md': fhirResourcesPage(sources, capability),
    'docs/generated/openapi.json': text,
  };
}

const read = (path: string): string | undefined => (existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : undefined);

function write(path: string, text: string): void {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
}

async function main(): Promise<void> {
  const made = await generated();
  if (process.argv.includes('--check')) return check(made);
  for (const [path, text] of Object.entries(made)) write(path, text);
}

function check(made: Record<string, string>): void {
  const stale = Object.entries(made).flatMap(([path, text]) => (read(path) === text ? [] : [`${path} is not as generated: run npm run docs.`]));
  const findings = [...stale, ...documents(ROOT).flatMap((file) => missingPaths(ROOT, file))];
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
