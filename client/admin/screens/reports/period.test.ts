import { expect, it } from 'vitest'
import { nameOfFile } from '../../parts/save-file.ts'
import { type DayCounts, groupDays } from './group-days.ts'
import { periodOf, presetOf } from './period.ts'

it('begins weeks on Monday, terms in January and July', () => {
  expect(periodOf('today', '2026-11-05')).toEqual({ from: '2026-11-05', until: '2026-11-05' })
  expect(periodOf('week', '2026-11-01')).toEqual({ from: '2026-10-26', until: '2026-11-01' })
  expect(periodOf('month', '2026-11-05').from).toBe('2026-11-01')
  expect(periodOf('term', '2026-06-30').from).toBe('2026-01-01')
  expect(periodOf('term', '2026-07-01').from).toBe('2026-07-01')
  expect(presetOf({ from: '2026-11-02', until: '2026-11-05' }, '2026-11-05')).toBe('week')
  expect(presetOf({ from: '2026-11-02', until: '2026-11-04' }, '2026-11-05')).toBe(null)
})

const day = (date: string, hadir: number, alfa: number): DayCounts => ({
  date,
  hadir,
  terlambat: 0,
  izin: 0,
  sakit: 0,
  alfa,
  total: hadir + alfa,
  percentage: 0,
})

it('draws many days as weeks, and loses none', () => {
  const few = [day('2026-11-02', 3, 1)]
  expect(groupDays(few)).toEqual({ by: 'day', rows: few })
  const many = Array.from({ length: 60 }, (_, at) => {
    const date = new Date(Date.UTC(2026, 8, 1 + at)).toISOString().slice(0, 10)
    return day(date, 3, at % 2)
  })
  const { by, rows } = groupDays(many)
  expect(by).toBe('week')
  expect(rows[0]).toMatchObject({ date: '2026-08-31', hadir: 18, alfa: 3, total: 21, percentage: 85.7 })
  expect(rows.reduce((sum, { total }) => sum + total, 0)).toBe(210)
})

it('takes a file’s name from the reply, and nothing that is no name', () => {
  expect(nameOfFile('attachment; filename="absensi_1.csv"', 'x')).toBe('absensi_1.csv')
  expect(nameOfFile('attachment; filename="../a/b"', 'x')).toBe('x')
  expect(nameOfFile(null, 'x')).toBe('x')
})
