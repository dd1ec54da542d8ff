/** How often each status was recorded. */
export interface StatusCounts {
  readonly hadir: number
  readonly terlambat: number
  readonly izin: number
  readonly sakit: number
  readonly alfa: number
}

/**
 * Sums counts by status and adds the total and the percentage of presence: hadir and terlambat of everything recorded,
 * 0..100 rounded to one decimal; null when nothing is.
 */
export function sumCounts(
  rows: readonly { readonly status: keyof StatusCounts; readonly count: number }[],
): StatusCounts & { total: number; percentage: number | null } {
  const counts = { hadir: 0, terlambat: 0, izin: 0, sakit: 0, alfa: 0 }
  for (const { status, count } of rows) counts[status] += count
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const present = counts.hadir + counts.terlambat
  return { ...counts, total, percentage: total === 0 ? null : Math.round((present / total) * 1000) / 10 }
}
