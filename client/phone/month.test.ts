import { expect, it } from 'vitest'
import { addMonths, boundsOf, shiftDay, weeksOf } from './month.ts'

it('months follow one another over the turn of a year', () => {
  expect(addMonths('2026-12', 1)).toBe('2027-01')
  expect(addMonths('2026-01', -1)).toBe('2025-12')
  expect(shiftDay('2026-03-01', -1)).toBe('2026-02-28')
})

it('a month has its days, a leap year one more', () => {
  expect(boundsOf('2026-11')).toEqual({ from: '2026-11-01', until: '2026-11-30' })
  expect(boundsOf('2028-02').until).toBe('2028-02-29')
})

it('weeks begin on Monday and hold each day once', () => {
  // 1 November 2026 is a Sunday.
  const weeks = weeksOf('2026-11')
  expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01'])
  expect(weeks.flat().filter(Boolean)).toHaveLength(30)
  expect(weeks.every((week) => week.length === 7)).toBe(true)
  // 1 February 2027 is a Monday, and the month has exactly four weeks.
  expect(weeksOf('2027-02')).toHaveLength(4)
})
