import { expect, it } from 'vitest'
import { percentOf, sumDays, summarize, summarizeBy, summarizeDay } from './summary.ts'
import { createTimeOfDay } from './time-of-day.ts'
import { readWallClock } from './zone.ts'

it('sums counts up, with the share of those who came', () => {
  expect(summarize([])).toEqual({ hadir: 0, terlambat: 0, izin: 0, sakit: 0, alfa: 0, total: 0, percentage: null })
  const rows = [
    { key: 'b', status: 'hadir', count: 1 },
    { key: 'a', status: 'terlambat', count: 1 },
    { key: 'b', status: 'alfa', count: 1 },
  ] as const
  expect(summarize(rows)).toMatchObject({ hadir: 1, terlambat: 1, alfa: 1, total: 3, percentage: 66.7 })
  expect([...summarizeBy(rows, ({ key }) => key)].map(([key, { total }]) => [key, total])).toEqual([
    ['b', 2],
    ['a', 1],
  ])
  expect([percentOf(1, 3), percentOf(0, 0), percentOf(5, 5)]).toEqual([33.3, null, 100])
})

it('tells belum from alfa by whether the session has closed', () => {
  const rows = [
    { status: 'hadir', count: 6 },
    { status: 'alfa', count: 1 },
    { status: null, count: 3 },
  ] as const
  const open = summarizeDay(rows, { meets: true, closed: false })
  expect(open).toMatchObject({ students: 10, hadir: 6, alfa: 1, belum: 3, percentage: 60 })
  const closed = summarizeDay(rows, { meets: true, closed: true })
  expect(closed).toMatchObject({ students: 10, alfa: 4, belum: 0, percentage: 60 })
  const off = summarizeDay(rows, { meets: false, closed: true })
  expect(off).toMatchObject({ students: 7, alfa: 1, belum: 0, percentage: 85.7 })
  expect(sumDays([open, off])).toMatchObject({ students: 17, hadir: 12, alfa: 2, belum: 3, percentage: 70.6 })
  expect(sumDays([])).toMatchObject({ students: 0, percentage: null })
})

it('reads the time of day in any zone, across a change of the clock too', () => {
  for (const zone of ['Asia/Jakarta', 'Asia/Kathmandu', 'Europe/Berlin', 'America/St_Johns', 'UTC']) {
    const timeOf = createTimeOfDay(zone)
    for (const from of ['2026-03-29T00:00:00Z', '2026-10-25T00:00:00Z', '2026-11-01T04:00:00Z'])
      for (let minute = 0; minute < 240; minute += 7) {
        const instant = Date.parse(from) + minute * 60_000 + 1_234
        expect(timeOf(instant)).toBe(readWallClock(instant, zone).iso.slice(11, 19))
      }
  }
})
