import { isNumber } from '../../json/decimal';
import type { IndexEntries } from '../index-entries';
import { object } from '../navigate';
import { onUnitSphere } from '../unit-sphere';

/** WGS84 latitude and longitude in degrees; altitude plays no part in a distance. */
export function positionAsPosition(out: IndexEntries, param: number, value: unknown): void {
  const { latitude, longitude } = object(value);
  if (!isNumber(latitude) || !isNumber(longitude)) return;
  const place = onUnitSphere(Number(latitude), Number(longitude));
  if (place) out.position.push({ param, ...place });
}
