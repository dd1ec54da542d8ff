import { expect, it } from 'vitest'
import { formatMoment, setSchoolZone } from './format.ts'

it('tells a time with an offset as the school’s wall shows it', () => {
  expect(formatMoment('2026-11-02T07:12:00+07:00', 'id')).toBe('2 Nov 2026, 07.12')
  expect(formatMoment('2026-11-02T23:59:30.500-05:00', 'en')).toBe('2 Nov 2026, 23:59')
  expect(formatMoment(null, 'id')).toBe('–')
  expect(formatMoment('x', 'id')).toBe('–')
})

it('tells a time in UTC as the school’s clocks show it, wherever the computer is', () => {
  setSchoolZone('Asia/Jayapura')
  expect(formatMoment('2026-11-02T22:12:00Z', 'id')).toBe('3 Nov 2026, 07.12')
  expect(formatMoment('2026-11-02T07:12:00+09:00', 'id')).toBe('2 Nov 2026, 07.12')
  setSchoolZone('Asia/Atlantis')
  expect(() => formatMoment('2026-11-02T22:12:00Z', 'id')).not.toThrow()
})
