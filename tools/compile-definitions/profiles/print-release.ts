import { quote } from '../invariants/code';
import { importsOf } from '../invariants/runtime-imports';
import { lines } from '../print';
import { identifier } from './literals';
import { NOT_COMPILED_PARTS, type NotCompiledProfilePart } from './not-compiled';
import { printProfile } from './print-profile';
import type { Release } from './release';

/** The file of a release: a function for each profile and extension, and the list of them. Ticks off the exemptions it met. */
export function printRelease(release: Release, unused: Set<NotCompiledProfilePart>): string {
  const structures = [...release.structures].sort((a, b) => (a.url < b.url ? -1 : 1));
  const printed = structures.map((structure) => {
    const name = identifier(structure.url.slice(structure.url.lastIndexOf('/') + 1));
    const { constants, text } = printProfile(structure, name, release, ({ path, part }) => {
      const line = NOT_COMPILED_PARTS.find((one) => {
        return structure.url.endsWith(`/${one.profile}`) && one.path === path && one.part === part && (one.version ?? release.version) === release.version;
      });
      if (line) unused.delete(line);
      return line;
    });
    return { name, structure, text: [...constants, text].join('\n') };
  });
  const list = printed.map(({ name, structure }) => `  [${quote(structure.url)}, ${quote(structure.type)}, ${name}],`);
  const body = [...release.valueSets.print(), '', ...printed.map(({ text }) => `${text}\n`), 'export const DEFINITIONS: readonly ProfileDefinition[] = [', ...list, '];'].join('\n');
  return lines(...importsOf(body, '../../validation'), '', body);
}
