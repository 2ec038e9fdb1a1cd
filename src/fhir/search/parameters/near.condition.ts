import type { NearValue } from '#libs/fhir';
import { any, type Fragment, name, sql } from '../sql/fragment';

/** What a place computed twice may differ by. */
const SLACK = 1e-12;

/**
 * Places within a straight line of each other through the unit sphere: a belt of the index, then the distance itself.
 * Needs neither angles nor a special case at the poles or the date line.
 */
export function nearCondition(values: readonly NearValue[], t: string): Fragment {
  return any(values.map((value) => within(value, t)));
}

function within({ x, y, z, chord }: NearValue, t: string): Fragment {
  const apart = (axis: string, at: number) => sql`(${name(`${t}.${axis}`)} - ${at}) * (${name(`${t}.${axis}`)} - ${at})`;
  const reach = chord + SLACK;
  return sql`${name(`${t}.z`)} >= ${z - reach} AND ${name(`${t}.z`)} <= ${z + reach} AND ${apart('x', x)} + ${apart('y', y)} + ${apart('z', z)} <= ${reach * reach}`;
}
