import { type Code, listOf, NotCompilable, quote, sure } from './code';
import type { Scope } from './scope';
import { chosen, isKindOf, isPrimitive } from './members';

/** `is`, `as` and `ofType`: by the name of the member where it is a choice, else by what is known of the types. */
export function ofType(of: Code, named: string, operator: 'is' | 'as' | 'ofType', scope: Scope): Code {
  const type = knownName(named, scope);
  const narrowed = narrow(of, type, scope);
  if (operator !== 'is') return narrowed;
  if (narrowed.constants?.length === 0) return sure('false');
  return narrowed.form === 'one' ? sure(`${narrowed.js} !== undefined`) : sure(`${narrowed.js}.length > 0`);
}

function narrow(of: Code, type: string, scope: Scope): Code {
  if (of.choice) return narrowChoice(of.choice, of.types ?? [], type, scope);
  if (of.types?.every((one) => isKindOf(one, type, scope.tables))) return of;
  const isOpen = of.types === undefined || of.types.every((one) => one === 'Resource' || one === 'DomainResource');
  if (!isOpen && !of.types?.some((one) => isKindOf(one, type, scope.tables))) return { js: '[]', form: 'list', constants: [] };
  if (!isOpen || scope.tables.get(type)?.base !== 'DomainResource') throw new NotCompilable(`whether it is a ${type} is not to be seen in JSON`);
  return { js: `${listOf(of)}.filter((r) => isResource(r, ${quote(type)}))`, form: 'list', types: [type] };
}

function narrowChoice(choice: NonNullable<Code['choice']>, types: readonly string[], type: string, scope: Scope): Code {
  const taken = types.filter((one) => isKindOf(one, type, scope.tables));
  if (taken.length === 0) throw new NotCompilable(`${choice.stem} is never a ${type}`);
  if (taken.length > 1) throw new NotCompilable(`${choice.stem} is a ${type} in several ways`);
  return chosen(choice, taken[0] ?? type);
}

/** Types of FHIR begin small where they are primitive; System types (`Boolean`) stand for those of FHIR. */
function knownName(named: string, { tables }: Scope): string {
  if (tables.has(named)) return named;
  const small = named.charAt(0).toLowerCase() + named.slice(1);
  if (isPrimitive(small) && !tables.has(small)) return small;
  throw new NotCompilable(`${named} is no type`);
}
