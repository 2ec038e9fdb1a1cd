import type { NearValue } from '../expression';
import { chordOf, HALF_WAY_ROUND_KM, onUnitSphere } from '../unit-sphere';
import { splitValue, unescapeValue } from './escape';
import { SearchSyntaxError } from './search-syntax-error';

/** Kilometres in a unit of length, by its UCUM code and by what people write. */
const UNITS: Readonly<Record<string, number>> = { km: 1, m: 0.001, '[mi_i]': 1.609344, '[mi_us]': 1.609347219, mi: 1.609344, '[nmi_i]': 1.852, '[ft_i]': 0.0003048 };

/** How far “near” is where nothing is said. */
const DEFAULT_KM = 10;
const NUMBER = /^-?\d{1,9}(?:\.\d{1,15})?$/;

/** R4 Location: `latitude|longitude|distance|unit`; a unit that is not named is the kilometre. */
export function parseNearValue(name: string, text: string): NearValue {
  const [latitude, longitude, distance = '', unit = '', ...more] = splitValue(text, '|').map(unescapeValue);
  const place = isNumber(latitude) && isNumber(longitude) ? onUnitSphere(Number(latitude), Number(longitude)) : undefined;
  if (!place || more.length > 0) throw new SearchSyntaxError(name, `“${name}” takes latitude|longitude|distance|unit, in degrees of WGS84, distance and unit being optional.`);
  const length = UNITS[unit || 'km'];
  if (length === undefined) throw new SearchSyntaxError(name, `“${name}” takes distances in ${Object.keys(UNITS).join(', ')}.`);
  const km = distance === '' ? DEFAULT_KM : isNumber(distance) ? Number(distance) * length : Number.NaN;
  if (!(km >= 0 && km <= HALF_WAY_ROUND_KM + 1)) throw new SearchSyntaxError(name, `“${name}” takes a distance from 0 to half the way round the earth.`);
  return { ...place, chord: chordOf(km) };
}

const isNumber = (text: string | undefined): boolean => text !== undefined && NUMBER.test(text);
