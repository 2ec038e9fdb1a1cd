import { type GrowthRow, growthMedians } from '../codes/growth-medians';
import type { Body } from '../chart';
import type { Sex } from '../people/person';
import { rounded } from '../values';

/** Spread of each measure around its median, as a share of it (the S of the LMS method). */
const SPREAD = { height: 0.038, weight: 0.125, head: 0.027, massIndex: 0.11, weightForLength: 0.085 };

export interface Stature {
  height: number;
  weight: number;
  head: number;
}

/** What a child of that sex and age measures, given the scores it was born with. */
export function statureAt(sex: Sex, months: number, body: Body): Stature {
  const median = mediansAt(sex, months);
  return {
    height: rounded(median.height * (1 + SPREAD.height * body.heightScore), 1),
    weight: rounded(median.weight * Math.exp(SPREAD.weight * (0.5 * body.heightScore + body.weightScore)), months < 36 ? 2 : 1),
    head: rounded(median.head * (1 + SPREAD.head * body.headScore), 1),
  };
}

export function massIndex(height: number, weight: number): number {
  return rounded(weight / (height / 100) ** 2, 1);
}

export function massIndexPercentile(sex: Sex, months: number, { height, weight }: Stature): number {
  const median = mediansAt(sex, months);
  const usual = median.weight / (median.height / 100) ** 2;
  return percentile(Math.log(weight / (height / 100) ** 2 / usual) / SPREAD.massIndex);
}

export function weightForLengthPercentile(sex: Sex, { height, weight }: Stature): number {
  return percentile(Math.log(weight / usualWeightAtLength(sex, height)) / SPREAD.weightForLength);
}

export function headPercentile(sex: Sex, months: number, head: number): number {
  return percentile((head / mediansAt(sex, months).head - 1) / SPREAD.head);
}

function mediansAt(sex: Sex, months: number): Stature {
  const [from, to, share] = bracket(growthMedians[sex], months, 0);
  const between = (column: 1 | 2 | 3) => from[column] + (to[column] - from[column]) * share;
  return { height: between(1), weight: between(2), head: between(3) };
}

function usualWeightAtLength(sex: Sex, length: number): number {
  const [from, to, share] = bracket(growthMedians[sex], length, 1);
  return from[2] + (to[2] - from[2]) * share;
}

/** The two rows a value of that column lies between, and how far it is on its way from one to the other. */
function bracket(rows: readonly GrowthRow[], value: number, column: 0 | 1): [from: GrowthRow, to: GrowthRow, share: number] {
  const after = rows.findIndex((row) => row[column] > value);
  const last = rows[rows.length - 1] as GrowthRow;
  if (after === -1) return [last, last, 0];
  const to = rows[after] as GrowthRow;
  const from = rows[Math.max(0, after - 1)] as GrowthRow;
  const width = to[column] - from[column];
  return [from, to, width === 0 ? 0 : Math.max(0, (value - from[column]) / width)];
}

/** Share of the normal distribution below a score, in percent (logistic approximation, error under 0.02 %). */
function percentile(score: number): number {
  const below = 1 / (1 + Math.exp(-1.5976 * score - 0.070565992 * score ** 3));
  return rounded(Math.min(99.9, Math.max(0.1, below * 100)), 1);
}
