/** Conversion of a UCUM unit into the one a column is kept in: `column = value * factor + offset`. */
export interface Conversion {
  factor: number;
  offset: number;
}

const same: Conversion = { factor: 1, offset: 0 };

/** Accepted units by the UCUM code of the column's own unit. */
const CONVERSIONS: Record<string, Record<string, Conversion>> = {
  '[lb_av]': { '[lb_av]': same, kg: { factor: 1 / 0.45359237, offset: 0 }, g: { factor: 1 / 453.59237, offset: 0 }, '[oz_av]': { factor: 1 / 16, offset: 0 } },
  '[in_i]': { '[in_i]': same, cm: { factor: 1 / 2.54, offset: 0 }, m: { factor: 100 / 2.54, offset: 0 }, '[ft_i]': { factor: 12, offset: 0 } },
  '[degF]': { '[degF]': same, Cel: { factor: 1.8, offset: 32 } },
  '/min': { '/min': same, '{beats}/min': same, '{breaths}/min': same },
  'mm[Hg]': { 'mm[Hg]': same },
  'kg/m2': { 'kg/m2': same },
  '%': { '%': same },
  'L/min': { 'L/min': same },
};

/** `value` in the unit `to`, to six decimals; undefined where `from` cannot be converted. */
export function convertUnit(value: number, from: string, to: string): number | undefined {
  const conversion = CONVERSIONS[to]?.[from];
  return conversion && Math.round((value * conversion.factor + conversion.offset) * 1e6) / 1e6;
}
