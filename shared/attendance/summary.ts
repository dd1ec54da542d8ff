import type { Status } from '../contract/absensi.ts'

/** How many attendances of each status. */
export type StatusCounts = Readonly<Record<Status, number>>

/** Counts with their sum and the share of those who came. */
export interface Summary extends StatusCounts {
  /** What was recorded, all statuses. */
  readonly total: number
  /** Per cent of `total` that came, on time or late, to one decimal; null when there is nothing to take a share of. */
  readonly percentage: number | null
}

const NONE: StatusCounts = { hadir: 0, terlambat: 0, izin: 0, sakit: 0, alfa: 0 }

/** Per cent of a whole to one decimal; null of nothing. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1000) / 10
}

/** Adds up counts of one status each. */
export function summarize(rows: readonly { readonly status: Status; readonly count: number }[]): Summary {
  const counts = { ...NONE }
  for (const { status, count } of rows) counts[status] += count
  return summarizeCounts(counts)
}

/** Counts with their sum and share; a status left out is 0. */
export function summarizeCounts(given: Partial<StatusCounts>): Summary {
  const counts = { ...NONE, ...given }
  const total = counts.hadir + counts.terlambat + counts.izin + counts.sakit + counts.alfa
  return { ...counts, total, percentage: percentOf(counts.hadir + counts.terlambat, total) }
}

/** Groups rows by a key, summed up, in the order the keys first come. */
export function summarizeBy<Row extends { readonly status: Status; readonly count: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): ReadonlyMap<string, Summary> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [row])
    else group.push(row)
  }
  return new Map([...groups].map(([key, group]) => [key, summarize(group)]))
}

/** One session's day as a school reads it: who has not come yet is apart from who stayed away. */
export interface DaySummary extends StatusCounts {
  /** Who is to come: everybody of the classes that meet. */
  readonly students: number
  /** Not recorded while the session may still be attended. */
  readonly belum: number
  /** Per cent of `students` that came, on time or late; null when nobody is to come. */
  readonly percentage: number | null
}

/**
 * A class's day. Whoever has no attendance is `belum` until the session has closed, and from then on `alfa`, whether or
 * not it has been written down yet. Where the class does not meet, only what was recorded counts.
 * @param rows with `is_recorded` false: what will be recorded of who is excused
 */
export function summarizeDay(
  rows: readonly { readonly status: Status | null; readonly is_recorded?: boolean; readonly count: number }[],
  { meets, closed }: { readonly meets: boolean; readonly closed: boolean },
): DaySummary {
  const counts = { ...NONE }
  let missing = 0
  for (const { status, is_recorded = true, count } of rows) {
    if (!meets && !is_recorded) continue
    if (status === null) missing += count
    else counts[status] += count
  }
  if (!meets) missing = 0
  const recorded = counts.hadir + counts.terlambat + counts.izin + counts.sakit + counts.alfa
  const students = recorded + missing
  return {
    ...counts,
    alfa: counts.alfa + (closed ? missing : 0),
    students,
    belum: closed ? 0 : missing,
    percentage: percentOf(counts.hadir + counts.terlambat, students),
  }
}

/** Several classes' days as one. */
export function sumDays(days: readonly DaySummary[]): DaySummary {
  const sum = { ...NONE, students: 0, belum: 0 }
  for (const day of days) for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += day[key]
  return { ...sum, percentage: percentOf(sum.hadir + sum.terlambat, sum.students) }
}

/** Three absences in a row are told (UX: what schools ask for). */
export const ABSENCES_TOLD = 3
