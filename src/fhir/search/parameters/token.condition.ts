import type { TokenValue } from '#libs/fhir';
import { keyText, systemHash } from '../../store/index-rows';
import { all, any, type Fragment, isIn, name, sql } from '../sql/fragment';

/** Codes without system are one list; the rest is spelled out. */
export function tokenCondition(values: readonly TokenValue[], t: string): Fragment {
  const bare = values.filter((value) => value.system === undefined).map((value) => code(value));
  const systems = values.filter((value) => value.system !== undefined);
  return any([isIn(name(`${t}.code`), bare), ...systems.map((value) => withSystem(value, t))]);
}

function withSystem(value: TokenValue, t: string): Fragment {
  const system = sql`${name(`${t}.system`)} = ${systemHash(value.system!)}`;
  return value.code === undefined ? system : all([sql`${name(`${t}.code`)} = ${code(value)}`, system]);
}

const code = (value: TokenValue): string => keyText(value.code!, 128);
