import type { TokenTest, TokenValue } from '#libs/fhir';
import { groupBy } from '../../../kernel';
import { keyText, systemHash } from '../../store/index-rows';
import { all, any, type Fragment, isIn, name, sql } from '../sql/fragment';
import { textCondition } from './text.condition';

/** Codes without system are one list, those of one system another; the rest is spelled out. */
export function tokenCondition({ values, modifier }: TokenTest, t: string): Fragment {
  const column = name(`${t}.code`);
  const texts = values.flatMap((value) => (value.code === undefined ? [] : (textCondition(column, value.code, modifier) ?? [])));
  if (texts.length > 0) return any(texts);
  const bare = values.filter((value) => value.system === undefined).map((value) => code(value));
  return any([isIn(column, bare), ...[...groupBy(values.filter((value) => value.system !== undefined), (value) => value.system!).values()].flatMap((group) => ofSystem(group, t))]);
}

/** A value set may hold hundreds of codes of one system. */
function ofSystem(values: readonly TokenValue[], t: string): Fragment[] {
  const codes = values.filter((value) => value.code !== undefined);
  if (codes.length < 2 || codes.length < values.length) return values.map((value) => withSystem(value, t));
  return [all([isIn(name(`${t}.code`), codes.map((value) => code(value))), sql`${name(`${t}.system`)} = ${systemHash(values[0]!.system!)}`])];
}

function withSystem(value: TokenValue, t: string): Fragment {
  const system = sql`${name(`${t}.system`)} = ${systemHash(value.system!)}`;
  return value.code === undefined ? system : all([sql`${name(`${t}.code`)} = ${code(value)}`, system]);
}

const code = (value: TokenValue): string => keyText(value.code!, 128);
