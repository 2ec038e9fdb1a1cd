import type { Demographics } from './demographics';
import { similarity } from './similarity';

/** http://hl7.org/fhir/R4/valueset-match-grade.html; what certainly is not the person is not told at all. */
export type Grade = 'certain' | 'probable' | 'possible';

export interface Scored {
  /** From 0 to 1. */
  score: number;
  grade: Grade;
}

/** From −1, which speaks against it, to 1; undefined where it says nothing. */
type Comparison = (sought: Demographics, found: Demographics) => number | undefined;

const WEIGHTS: Readonly<Record<string, number>> = { identifier: 40, birthDate: 25, family: 20, given: 15, telecom: 10, address: 10, gender: 5 };

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  identifier: compareIdentifiers,
  birthDate: compareBirthDates,
  family: (a, b) => best(a.families, b.families, (one, other) => (similarity(one, other) >= 0.88 ? 0.7 : -0.5)),
  given: (a, b) => best(a.givens, b.givens, (one, other) => (one.startsWith(other) || other.startsWith(one) || similarity(one, other) >= 0.88 ? 0.6 : -0.5)),
  telecom: (a, b) => best(a.telecoms, b.telecoms, () => 0),
  address: compareAddresses,
  gender: ({ gender: a }, { gender: b }) => (a && b ? (a === b ? 1 : -1) : undefined),
};

/** How well `found` is the person described by `sought`; undefined where it is not. */
export function scoreOf(sought: Demographics, found: Demographics): Scored | undefined {
  const told = Object.keys(WEIGHTS).filter((name) => isGiven(name, sought));
  const agreement = new Map(told.map((name) => [name, COMPARISONS[name]!(sought, found)]));
  const possible = told.reduce((sum, name) => sum + WEIGHTS[name]! * (agreement.get(name) === undefined ? 0.5 : 1), 0);
  const reached = told.reduce((sum, name) => sum + WEIGHTS[name]! * (agreement.get(name) ?? 0), 0);
  const score = Math.round(Math.max(0, Math.min(1, possible === 0 ? 0 : reached / possible)) * 1000) / 1000;
  const grade = gradeOf(score, agreement);
  return grade && { score, grade };
}

const agrees = (agreement: ReadonlyMap<string, number | undefined>, name: string): boolean => agreement.get(name) === 1;

/** Certain is only what an identifier says, or name and birth date with something more; and nothing speaks against it. */
function gradeOf(score: number, agreement: ReadonlyMap<string, number | undefined>): Grade | undefined {
  const contradicted = [...agreement.values()].some((value) => value !== undefined && value < 0);
  const named = agrees(agreement, 'family') && agrees(agreement, 'birthDate');
  const isSure = (agrees(agreement, 'identifier') && (agreement.size === 1 || named)) || (named && agrees(agreement, 'given') && (agrees(agreement, 'telecom') || agrees(agreement, 'address')));
  if (score >= 0.9 && isSure && !contradicted) return 'certain';
  if (score >= 0.75) return 'probable';
  return score >= 0.5 ? 'possible' : undefined;
}

const GIVEN: Readonly<Record<string, (sought: Demographics) => boolean>> = {
  identifier: ({ identifiers }) => identifiers.length > 0, birthDate: ({ birthDate }) => birthDate !== undefined, family: ({ families }) => families.length > 0, given: ({ givens }) => givens.length > 0,
  telecom: ({ telecoms }) => telecoms.length > 0, address: ({ addresses }) => addresses.length > 0, gender: ({ gender }) => gender !== undefined,
};

const isGiven = (name: string, sought: Demographics): boolean => GIVEN[name]!(sought);

/** 1 where any two are the same, else the best that any two come to. */
function best(some: readonly string[], others: readonly string[], compare: (a: string, b: string) => number): number | undefined {
  if (some.length === 0 || others.length === 0) return undefined;
  return Math.max(...some.flatMap((a) => others.map((b) => (a === b ? 1 : compare(a, b)))));
}

function compareIdentifiers({ identifiers: a }: Demographics, { identifiers: b }: Demographics): number | undefined {
  if (a.some((one) => b.includes(one))) return 1;
  const [systemOf, valueOfIt] = [(one: string) => one.slice(0, one.indexOf('|')), (one: string) => one.slice(one.indexOf('|') + 1)];
  if (a.some((one) => b.some((other) => valueOfIt(one) === valueOfIt(other) && (systemOf(one) === '' || systemOf(other) === '')))) return 0.7;
  const rivals = a.some((one) => systemOf(one) !== '' && b.some((other) => systemOf(other) === systemOf(one)));
  return rivals ? -0.25 : undefined;
}

function compareBirthDates({ birthDate: a }: Demographics, { birthDate: b }: Demographics): number | undefined {
  if (!a || !b) return undefined;
  if (a === b) return 1;
  if (a.startsWith(b) || b.startsWith(a)) return 0.6;
  const [year, month, day] = a.split('-');
  const swapped = `${year}-${day}-${month}` === b;
  const differences = a.length === b.length ? [...a].filter((digit, index) => digit !== b[index]).length : 9;
  return swapped || differences === 1 ? 0.4 : -1;
}

function compareAddresses({ addresses: a }: Demographics, { addresses: b }: Demographics): number | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  const compare = (one: Demographics['addresses'][number], other: Demographics['addresses'][number]): number => {
    const [sameCode, sameLine] = [one.postalCode !== '' && one.postalCode === other.postalCode, one.line !== '' && one.line === other.line];
    const sameCity = one.city !== '' && one.city === other.city && one.state === other.state;
    if (sameLine && (sameCode || sameCity)) return 1;
    return sameCode ? 0.5 : sameCity ? 0.3 : 0;
  };
  return Math.max(...a.flatMap((one) => b.map((other) => compare(one, other))));
}
