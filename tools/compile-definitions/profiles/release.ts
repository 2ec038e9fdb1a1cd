import type { TypeTables } from '../element-tables';
import type { PlacedConstraint } from '../invariants/constraints';
import type { StructureDefinition } from '../official-definitions';
import type { ReleaseValueSets } from './value-sets';

/** The profiles and extension definitions of one guide in one version, with all that compiling them needs. */
export interface Release {
  /** Name of the generated file. */
  file: string;
  version: string;
  structures: readonly StructureDefinition[];
  valueSets: ReleaseValueSets;
  tables: TypeTables;
  /** Keys of the rules that R4 itself has, by place. */
  baseKeys: ReadonlyMap<string, ReadonlySet<string>>;
  /** Resource type of a profile, by its URL. */
  typeOf: (url: string) => string | undefined;
}

export function keysByPlace(placed: readonly PlacedConstraint[]): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>();
  for (const { place, constraint } of placed) keys.set(place, (keys.get(place) ?? new Set()).add(constraint.key));
  return keys;
}
