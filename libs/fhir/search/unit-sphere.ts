/** A place on the sphere of radius 1. */
export interface Place {
  x: number;
  y: number;
  z: number;
}

/** Mean radius of the earth (IUGG). */
const EARTH_KM = 6371.0088;
export const HALF_WAY_ROUND_KM = Math.PI * EARTH_KM;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Undefined for what is no latitude and longitude. */
export function onUnitSphere(latitude: number, longitude: number): Place | undefined {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  const [phi, lambda] = [radians(latitude), radians(longitude)];
  return { x: Math.cos(phi) * Math.cos(lambda), y: Math.cos(phi) * Math.sin(lambda), z: Math.sin(phi) };
}

/** The straight line through the sphere between two places that lie `km` apart along its surface. */
export function chordOf(km: number): number {
  return 2 * Math.sin(Math.min(km, HALF_WAY_ROUND_KM) / (2 * EARTH_KM));
}
