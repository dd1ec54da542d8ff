import { describe, expect, it } from 'vitest'
import type { TodayReply } from '../core/api.ts'
import { isGrace, mayArrive, nextNews } from './day-state.ts'

const at = (time: string) => `2026-11-23T${time}+07:00`
const SESSION = {
  id: 's1',
  name: 'Masuk sekolah',
  opens: at('06:00:00'),
  late_after: at('07:15:00'),
  closes: at('15:00:00'),
} as const
const alfa = { status: 'alfa', method: 'close' } as TodayReply['absensi']

const day = (
  time: string,
  state: 'before' | 'open' | 'late' | 'closed',
  more: Partial<TodayReply> & { leaving?: { opens: string; closes: string; open: boolean } | null } = {},
): TodayReply => {
  const { leaving = null, ...rest } = more
  return {
    date: '2026-11-23',
    time_zone: 'Asia/Jakarta',
    server_time: at(time),
    session: { ...SESSION, state },
    absensi: null,
    sessions: [{ ...SESSION, state, leaving, wants_location: false, absensi: null }],
    ...rest,
  }
}

describe('the day', () => {
  it('has news when the session changes, and when leaving begins and ends', () => {
    const hours = { opens: at('13:00:00'), closes: at('16:00:00') }
    expect(nextNews(day('07:00:00', 'open'))).toBe(Date.parse(at('07:16:00')))
    expect(nextNews(day('12:00:00', 'late', { leaving: { ...hours, open: false } }))).toBe(Date.parse(at('13:00:00')))
    expect(nextNews(day('15:30:00', 'closed', { leaving: { ...hours, open: true } }))).toBe(Date.parse(at('16:01:00')))
    expect(nextNews(day('17:00:00', 'closed', { leaving: { ...hours, open: false } }))).toBe(Number.POSITIVE_INFINITY)
  })

  it('knows minutes of grace by the server’s word', () => {
    expect(isGrace(day('07:15:59', 'open'))).toBe(false)
    expect(isGrace(day('07:16:00', 'open'))).toBe(true)
    expect(isGrace(day('07:31:00', 'late'))).toBe(false)
  })

  it('takes an arrival where the server does, whatever the close has put down', () => {
    expect(mayArrive(day('15:10:00', 'late', { check_in: 'arrive', absensi: alfa }))).toBe(true)
    expect(mayArrive(day('15:10:00', 'late', { check_in: 'repeat', absensi: alfa }))).toBe(false)
    expect(mayArrive(day('07:00:00', 'open'))).toBe(true)
    expect(mayArrive(day('07:00:00', 'open', { absensi: alfa }))).toBe(false)
  })
})
