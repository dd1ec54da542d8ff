/** A point on Earth, degrees (WGS 84). */
export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** Mean radius of the Earth, metres (IUGG: R1 = (2a + b) / 3). */
const EARTH_M = 6_371_008.8

/** A reading vaguer than this (metres, 68 % radius: W3C Geolocation, 4.8) does not say where somebody is. */
const VAGUE_M = 150

/**
 * Metres between two points along the sphere, by the haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and
 * Telescope 68, 1984): within 0.5 % of the ellipsoid.
 */
export function distanceBetween(a: Point, b: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const haversine = (angle: number) => Math.sin(angle / 2) ** 2
  const h =
    haversine(radians(b.latitude - a.latitude)) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * haversine(radians(b.longitude - a.longitude))
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Whether a reading lies in a circle: `unknown` when it is too vague; inside when it may be, within its accuracy. */
export function judgeCircle(
  circle: Point & { readonly radius: number },
  reading: Point & { readonly accuracy: number },
): { place: 'inside' | 'outside' | 'unknown'; distance: number } {
  const distance = distanceBetween(circle, reading)
  if (reading.accuracy > VAGUE_M) return { place: 'unknown', distance }
  return { place: distance - reading.accuracy <= circle.radius ? 'inside' : 'outside', distance }
}
