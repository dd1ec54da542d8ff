import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  dayOf,
  endOfMinute,
  formatClock,
  formatCountdown,
  formatDay,
  formatDays,
  formatMegabytes,
  formatMoment,
  hourOf,
  schoolDay,
  setSchoolZone,
} from './clock.ts'

describe('times', () => {
  it('are those of the school, whatever zone the phone is in', () => {
    expect(formatClock('2026-11-23T06:58:12+07:00', 'id')).toBe('06.58')
    expect(formatClock('2026-11-23T06:58:12+09:00', 'en')).toBe('06:58')
    expect(formatClock('tomorrow', 'id')).toBe('')
    expect(hourOf('2026-11-23T14:58:12+07:00')).toBe(14)
  })

  it('tell the day it is at the school, which may be another one than here', () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-26T17:30:00Z') })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    setSchoolZone('Asia/Jakarta')
    expect(schoolDay()).toBe('2026-11-27')
    setSchoolZone('America/New_York')
    expect(schoolDay()).toBe('2026-11-26')
  })

  it('of a session count their last minute in full', () => {
    expect(endOfMinute('2026-11-23T07:15:00+07:00')).toBe(Date.parse('2026-11-23T00:16:00Z'))
  })

  it('name the day in the language', () => {
    expect(formatDay('2026-11-23', 'id')).toBe('Senin, 23 November 2026')
    expect(formatDay('2026-11-23T23:59:00+07:00', 'en')).toMatch(/^Monday,? 23 November 2026$/)
    expect(formatDay('2026-11-20', 'id', 'short')).toBe('Jum, 20 Nov 2026')
    expect(formatDay('?', 'id')).toBe('')
    expect(formatDays('2026-11-26', '2026-11-27', 'id')).toBe('26–27 Nov 2026')
    expect(formatDays('2026-11-20', '2026-11-20', 'id')).toBe('Jum, 20 Nov 2026')
    expect(formatDays('2026-11-20T07:00:00+07:00', '2026-11-21T23:00:00+07:00', 'id')).toBe('20–21 Nov 2026')
    expect(formatDays('20252-11-05', '2026-11-20', 'id')).toBe('')
    expect(formatDays('2026-11-20', '?', 'id')).toBe('')
  })

  it('of an instant in UTC are of the day it is at the school', () => {
    setSchoolZone('Asia/Jayapura')
    expect(formatDay('2026-11-22T22:30:00.000Z', 'id')).toBe('Senin, 23 November 2026')
    expect(formatDays('2026-11-22T22:30:00Z', '2026-11-23T15:30:00Z', 'id')).toBe('23–24 Nov 2026')
    expect(['2026-11-22T10:00:00Z', '2026-11-23', '2026-11-23T00:10:00+07:00', 'Z'].map(dayOf)).toEqual([
      ...['2026-11-22', '2026-11-23', '2026-11-23', 'Z'],
    ])
  })

  it('count down without ever showing a second too few', () => {
    expect(formatCountdown(59.2, 'id')).toBe('1 menit')
    expect(formatCountdown(61, 'en')).toBe('1 minute 1 second')
    expect(formatCountdown(3723, 'id')).toBe('1 jam 2 menit 3 detik')
    expect(formatCountdown(-4, 'id')).toBe('0 detik')
  })

  it('write megabytes as the language does', () => {
    expect(formatMegabytes(7_240_000, 'id')).toBe('7,2')
    expect(formatMegabytes(22_960_000, 'en')).toBe('23.0')
  })
})

/** Between the words of a day no line breaks. */
const told = (iso: string | null, language: 'id' | 'en') => formatMoment(iso, language).replaceAll('\u00a0', ' ')

it('tells a time with an offset as the school’s wall shows it', () => {
  expect(told('2026-11-02T07:12:00+07:00', 'id')).toBe('2 Nov 2026, 07.12')
  expect(told('2026-11-02T23:59:30.500-05:00', 'en')).toBe('2 Nov 2026, 23:59')
  expect(told(null, 'id')).toBe('–')
  expect(told('x', 'id')).toBe('–')
})

it('tells a time in UTC as the school’s clocks show it, wherever the computer is', () => {
  setSchoolZone('Asia/Jayapura')
  expect(told('2026-11-02T22:12:00Z', 'id')).toBe('3 Nov 2026, 07.12')
  expect(told('2026-11-02T07:12:00+09:00', 'id')).toBe('2 Nov 2026, 07.12')
  setSchoolZone('Asia/Atlantis')
  expect(() => formatMoment('2026-11-02T22:12:00Z', 'id')).not.toThrow()
})
