import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Names } from './names';

/** Why the house has no room for a domain of this name, or undefined: its folder, path and table must be nobody's yet. */
export function takenBy(root: string, { kebab, snake }: Names): string | undefined {
  for (const layer of ['clinical', 'practice']) {
    if (existsSync(join(root, 'src', layer, kebab))) return `src/${layer}/${kebab} exists already.`;
  }
  const spec = join('test', 'standard', `${kebab}.e2e-spec.ts`);
  if (existsSync(join(root, spec))) return `${spec} exists already.`;
  // As a path of its own, or below a patient.
  const route = new RegExp(`@\\w+\\('(apis/:site/api/?)?(patient/:\\w+/)?${snake}['/]`);
  const path = holding(root, '.controller.ts', route);
  if (path) return `${path} serves a path /${snake} already.`;
  const table = holding(root, '.ts', new RegExp(`name: '${snake}_data'`));
  return table && `${table} has a table ${snake}_data already.`;
}

/** Where domains and the server's own routes live. */
const LAYERS = ['clinical', 'practice', 'portal', 'web'].map((layer) => join('src', layer));

function holding(root: string, ending: string, what: RegExp): string | undefined {
  const files = LAYERS.flatMap((layer) => readdirSync(join(root, layer), { recursive: true, encoding: 'utf8' }).map((file) => join(layer, file)));
  return files.find((file) => file.endsWith(ending) && what.test(readFileSync(join(root, file), 'utf8')));
}
