import type { Expression, IndexEntries, MissingTest, ParameterTest } from '#libs/fhir';
import { referenceIdentifierParam, tokenTextParam } from '#libs/fhir';
import type { Candidate } from './candidate';
import { dateMatches, numberMatches, quantityMatches, referenceMatches, stringMatches, tokenMatches, uriMatches } from './values';

export type Matcher = (candidate: Candidate, now: number) => boolean;

/** Criteria that would have to look beyond the resource itself. */
export class BeyondResource extends Error {}

/** Compiles criteria for one resource in memory; throws BeyondResource where that cannot be told from the resource alone. */
export function matcherOf(expression: Expression): Matcher {
  switch (expression.op) {
    case 'and': { const all = expression.of.map(matcherOf); return (one, now) => all.every((matches) => matches(one, now)); }
    case 'or': { const any = expression.of.map(matcherOf); return (one, now) => any.some((matches) => matches(one, now)); }
    case 'not': { const matches = matcherOf(expression.of); return (one, now) => !matches(one, now); }
    case 'nothing': return () => false;
    case 'missing': return missingMatcher(expression);
    case 'test': return testMatcher(expression);
    default: throw new BeyondResource('Chains, _has, value sets, hierarchies and lists cannot be part of the criteria: they ask of other resources.');
  }
}

const KINDS = ['token', 'string', 'date', 'reference', 'quantity', 'uri'] as const satisfies (keyof IndexEntries)[];

const HELD = new Set<string>([...KINDS, 'number']);

function missingMatcher({ parameter, missing, text }: MissingTest): Matcher {
  const number = text ? tokenTextParam(parameter.id) : parameter.id;
  if (!HELD.has(parameter.type)) throw new BeyondResource(`“${parameter.code}” cannot be part of the criteria.`);
  return ({ entries }) => KINDS.every((kind) => entries[kind].every(({ param }) => param !== number)) === missing;
}

function testMatcher(test: ParameterTest): Matcher {
  const { parameter, modifier } = test;
  if (parameter.code === '_lastUpdated' && test.type === 'date') return ({ lastUpdated }, now) => test.values.some((value) => dateMatches(value, { param: 0, lo: lastUpdated, hi: lastUpdated + 1 }, now));
  if (parameter.code === '_id' && test.type === 'token') return ({ id }) => test.values.some(({ code }) => code === id) !== (modifier === 'not');
  switch (test.type) {
    case 'token': return tokenMatcher(test.values, test.parameter.id, modifier);
    case 'string': return of('string', parameter.id, (entry) => test.values.some((value) => stringMatches(value, modifier, entry)), modifier !== undefined && modifier !== 'exact' && modifier !== 'contains');
    case 'date': return ({ entries }, now) => entries.date.some((entry) => entry.param === parameter.id && test.values.some((value) => dateMatches(value, entry, now)));
    case 'number': return of('quantity', parameter.id, (entry) => test.values.some((value) => numberMatches(value, entry)));
    case 'quantity': return of('quantity', parameter.id, (entry) => test.values.some((value) => quantityMatches(value, entry)));
    case 'reference': return of('reference', parameter.id, (entry) => test.values.some((value) => referenceMatches(value, entry)));
    case 'uri': return of('uri', parameter.id, (entry) => test.values.some((value) => uriMatches(value, modifier, entry)));
    default: throw new BeyondResource(`“${parameter.code}” cannot be part of the criteria.`);
  }
}

function tokenMatcher(values: readonly { system?: string; code?: string }[], parameter: number, modifier: ParameterTest['modifier']): Matcher {
  if (modifier !== undefined && modifier !== 'not' && modifier !== 'identifier') throw new BeyondResource(`“:${modifier}” cannot be part of the criteria.`);
  const param = modifier === 'identifier' ? referenceIdentifierParam(parameter) : parameter;
  const matches = of('token', param, (entry) => values.some((value) => tokenMatches(value, entry)));
  return modifier === 'not' ? (candidate, now) => !matches(candidate, now) : matches;
}

function of<K extends (typeof KINDS)[number]>(kind: K, param: number, matches: (entry: IndexEntries[K][number]) => boolean, refused = false): Matcher {
  if (refused) throw new BeyondResource('This modifier cannot be part of the criteria.');
  return ({ entries }) => (entries[kind] as IndexEntries[K][number][]).some((entry) => entry.param === param && matches(entry));
}
