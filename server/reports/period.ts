import { addDays } from '../../shared/attendance/zone.ts'
import type { Deps } from '../deps.ts'
import { refuse } from '../http/problem.ts'
import { todayOf } from '../timetable/day.ts'

/** Days of a period at most: a school year and its holidays. */
const LONGEST = 400

/** Days of a period nobody named. */
const USUAL = 30

/** The days asked for, or the thirty that end on the last one. Refuses a period that ends before it begins or is too long. */
export function readPeriod(
  deps: Deps,
  query: { readonly from?: string | undefined; readonly until?: string | undefined },
): { readonly from: string; readonly until: string } {
  const until = query.until ?? (query.from === undefined ? todayOf(deps) : latest(query.from, todayOf(deps)))
  const from = query.from ?? addDays(until, 1 - USUAL)
  if (from > until) refuse('bad_request', { fields: [{ path: 'from', message: 'after until' }] })
  if (addDays(from, LONGEST) <= until)
    refuse('bad_request', { fields: [{ path: 'from', message: `more than ${LONGEST} days before until` }] })
  return { from, until }
}

const latest = (a: string, b: string) => (a > b ? a : b)
