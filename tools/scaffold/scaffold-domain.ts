import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withDomain } from './list-domain';
import { type Names, namesOf } from './names';
import { takenBy } from './taken';

export type Layer = 'clinical' | 'practice';

export interface Wanted {
  name: string;
  /** `clinical`: rows hang on a patient. `practice`: they belong to the site. */
  layer: Layer;
  /** Orders the migration after those there are; milliseconds since the epoch. */
  stamp: number;
}

/** Why nothing was made. */
export class ScaffoldError extends Error {}

const TEMPLATES = join(__dirname, 'templates');
const SUFFIX = '.txt';

/**
 * Writes a domain that works as it is, and lists it: paths of the new files, the changed list last.
 * Throws ScaffoldError for a name that is none or is taken; then, as after any failure, nothing is changed.
 */
export function scaffoldDomain(root: string, { name, layer, stamp }: Wanted): string[] {
  const names = namesOf(name);
  if (typeof names === 'string') throw new ScaffoldError(names);
  const taken = takenBy(root, names);
  if (taken) throw new ScaffoldError(taken);
  const index = join('src', layer, 'index.ts');
  const before = readFileSync(join(root, index), 'utf8');
  const listed = withDomain(before, names);
  if ('fault' in listed) throw new ScaffoldError(`${index}: ${listed.fault}`);
  const files = new Map(['both', layer].flatMap((folder) => rendered(folder, layer, names, stamp)));
  writeAll(root, files, () => writeFileSync(join(root, index), listed.text));
  return [...files.keys(), index];
}

function rendered(folder: string, layer: Layer, names: Names, stamp: number): [string, string][] {
  return readdirSync(join(TEMPLATES, folder)).map((template) => {
    const file = template.slice(0, -SUFFIX.length).replace('__kebab__', names.kebab);
    // A test over HTTP stands with its surface, everything else with its domain.
    const home = file.endsWith('.e2e-spec.ts') ? join('test', 'standard') : join('src', layer, names.kebab);
    return [join(home, file), fill(readFileSync(join(TEMPLATES, folder, template), 'utf8'), { ...names, stamp: String(stamp) })];
  });
}

const fill = (text: string, values: Record<string, string>): string => Object.entries(values).reduce((filled, [name, value]) => filled.replaceAll(`__${name}__`, value), text);

/** Writes all files and then does `then`; after a failure what was written, and the folders made for it, are gone again. */
function writeAll(root: string, files: ReadonlyMap<string, string>, then: () => void): void {
  const made: string[] = [];
  try {
    for (const [file, text] of files) {
      const folder = mkdirSync(dirname(join(root, file)), { recursive: true });
      if (folder) made.push(folder);
      writeFileSync(join(root, file), text, { flag: 'wx' });
      made.push(join(root, file));
    }
    then();
  } catch (error) {
    for (const path of made) rmSync(path, { recursive: true, force: true });
    throw error;
  }
}
