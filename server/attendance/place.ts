import { judgeCircle, type Point } from '../../shared/attendance/place.ts'
import type { PlaceRule } from '../../shared/contract/timetable.ts'
import { trustedList } from '../http/address.ts'

/** What a session's place rule found. Where a person was is not kept: only how far from the place, in metres. */
export interface Placed {
  readonly place: 'inside' | 'outside' | 'unknown' | null
  readonly distance: number | null
  readonly accuracy: number | null
}

/**
 * Judges where a check-in came from: by the location the browser gave, if its owner agreed to that, or by the caller's
 * address. `place` is null where the session has no rule. A location can be forged in a browser, an address less so.
 */
export function judgePlace(
  rule: PlaceRule | null,
  { location, address }: { location: (Point & { accuracy: number }) | undefined; address: string },
): Placed {
  const nowhere = { distance: null, accuracy: null }
  if (rule === null || rule.mode === 'off') return { place: null, ...nowhere }
  if (rule.networks !== undefined)
    return { place: trustedList(rule.networks)(address) ? 'inside' : 'outside', ...nowhere }
  if (rule.circle === undefined || location === undefined) return { place: 'unknown', ...nowhere }
  const { place, distance } = judgeCircle(rule.circle, location)
  return { place, distance: Math.round(distance), accuracy: Math.round(location.accuracy) }
}
