import { expect, it } from 'vitest'
import { distanceBetween, judgeCircle } from './place.ts'
import { addDays, daysBetween, endOfMinute, isoWeekday } from './zone.ts'

const monas = { latitude: -6.175392, longitude: 106.827153 }

it('measures along the sphere: a degree of the equator, half the Earth, nothing', () => {
  const origin = { latitude: 0, longitude: 0 }
  expect(distanceBetween(origin, { latitude: 0, longitude: 1 })).toBeCloseTo(111_195.08, 1)
  expect(distanceBetween(origin, { latitude: 0, longitude: 180 })).toBeCloseTo(Math.PI * 6_371_008.8, 0)
  expect(distanceBetween({ latitude: 10, longitude: 179.9 }, { latitude: 10, longitude: -179.9 })).toBeLessThan(22_000)
  expect(distanceBetween(monas, monas)).toBe(0)
})

it('calls a reading inside when it may be, outside when it cannot, unknown when it is too vague', () => {
  const circle = { ...monas, radius: 100 }
  const north = (metres: number, accuracy: number) =>
    judgeCircle(circle, { latitude: monas.latitude + metres / 111_195, longitude: monas.longitude, accuracy }).place
  expect([north(99, 5), north(130, 40), north(130, 5), north(0, 151), north(5_000, 150)]).toEqual([
    'inside',
    'inside',
    'outside',
    'unknown',
    'outside',
  ])
})

it('counts days and weekdays, and ends a minute that comes twice with its second', () => {
  expect(['2026-11-02', '2026-11-07', '2026-11-08'].map(isoWeekday)).toEqual([1, 6, 7])
  expect([addDays('2026-12-31', 1), addDays('2028-03-01', -1)]).toEqual(['2027-01-01', '2028-02-29'])
  expect(daysBetween('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01'])
  expect(daysBetween('2026-03-02', '2026-03-01')).toEqual([])
  const end = (date: string, time: string) => new Date(endOfMinute(date, time, 'Europe/Berlin')).toISOString()
  expect(end('2026-10-25', '02:30')).toBe('2026-10-25T01:31:00.000Z')
  expect(end('2026-03-29', '02:30')).toBe('2026-03-29T01:31:00.000Z')
  expect(end('2026-03-29', '23:59')).toBe('2026-03-29T22:00:00.000Z')
})
