import { describe, expect, it } from 'vitest'
import {
  chooseSession,
  concerns,
  holidayOn,
  locateDay,
  mainSession,
  type Presence,
  runsOn,
  type SessionRule,
  STAY_MS,
  whyClosed,
} from './timetable.ts'

const session = (change: Partial<SessionRule> = {}): SessionRule => ({
  id: 'pagi',
  name: 'Pagi',
  kelas: null,
  days: [1, 2, 3, 4, 5],
  opens: '06:00',
  late_after: '07:15',
  closes: '08:00',
  grace_minutes: 0,
  leaving_opens: null,
  leaving_closes: null,
  valid_from: null,
  valid_until: null,
  ...change,
})
const siang = session({ id: 'siang', name: 'Siang', opens: '12:00', late_after: '12:10', closes: '14:00' })
const day = (
  iso: string,
  sessions: readonly SessionRule[] = [session(), siang],
  { kelas = 'X-1', zone = 'Asia/Jakarta', holidays = [] as Parameters<typeof holidayOn>[0] } = {},
) => locateDay(Date.parse(iso), zone, { sessions, holidays, kelas })
const at = (time: string) => `2026-11-02T${time}:00+07:00`
const choose = (iso: string, sessions: readonly SessionRule[], rows: Record<string, Presence> = {}) => {
  const chosen = chooseSession(day(iso, sessions), new Map(Object.entries(rows)), Date.parse(iso))
  return chosen.kind === 'closed' ? chosen.why : `${chosen.kind} ${chosen.one.session.id}`
}
const present = (time: string, leftAt: number | null = null): Presence => ({
  status: 'hadir',
  timestamp: Date.parse(at(time)),
  leftAt,
})

describe('a school day', () => {
  it('has the sessions of its weekday, their dates and the class, in order of their opening', () => {
    const ids = (date: string, change: Partial<SessionRule>, kelas: string | null = 'X-1') =>
      locateDay(Date.parse(`${date}T09:00:00+07:00`), 'Asia/Jakarta', {
        sessions: [siang, session(change)],
        holidays: [],
        kelas,
      }).sessions.map((one) => one.session.id)
    expect(ids('2026-11-02', {})).toEqual(['pagi', 'siang'])
    expect(ids('2026-11-07', {})).toEqual([])
    expect(ids('2026-11-07', { days: [6] })).toEqual(['pagi'])
    expect(ids('2026-11-08', { days: [7] })).toEqual(['pagi'])
    expect(ids('2026-11-02', { valid_from: '2026-11-03' })).toEqual(['siang'])
    expect(ids('2026-11-02', { valid_from: '2026-11-02', valid_until: '2026-11-02' })).toEqual(['pagi', 'siang'])
    expect(ids('2026-11-03', { valid_until: '2026-11-02' })).toEqual(['siang'])
    expect(ids('2026-11-02', { kelas: ['X-2'] })).toEqual(['siang'])
    expect(ids('2026-11-02', { kelas: ['X-2', 'X-1'] })).toEqual(['pagi', 'siang'])
    expect(ids('2026-11-02', { kelas: ['X-1'] }, null)).toEqual(['siang'])
    expect(concerns(null, null)).toBe(true)
    expect(runsOn(session(), '2026-11-02')).toBe(true)
  })

  it('forgives the minutes of grace, and counts from late_after once they are over', () => {
    const late = (time: string) => {
      const [one] = day(at(time), [session({ grace_minutes: 10 })]).sessions
      return [one?.state, one?.lateMinutes]
    }
    expect(late('07:15')).toEqual(['open', 0])
    expect(late('07:25')).toEqual(['open', 0])
    expect(late('07:26')).toEqual(['late', 11])
    expect(late('08:01')).toEqual(['closed', 0])
  })

  it('changes at midnight in Jakarta, not at the server', () => {
    const allDay = [session({ days: [1], opens: '00:00', closes: '23:59' })]
    expect(day('2026-11-01T16:59:59Z', allDay).sessions).toEqual([])
    expect(day('2026-11-01T17:00:00Z', allDay)).toMatchObject({ date: '2026-11-02', sessions: [{ state: 'open' }] })
    expect(day('2026-11-02T16:59:59Z', allDay)).toMatchObject({ date: '2026-11-02', sessions: [{ state: 'late' }] })
    expect(day('2026-11-02T17:00:00Z', allDay).sessions).toEqual([])
  })

  it('goes by the wall around both clock changes (Berlin, Sundays 2026-03-29 and 2026-10-25)', () => {
    const night = [session({ days: [7], opens: '01:30', late_after: '02:30', closes: '03:30' })]
    const state = (iso: string) => day(iso, night, { zone: 'Europe/Berlin' }).sessions[0]?.state
    // Put forward: 01:59 is followed by 03:00.
    expect([state('2026-03-29T00:59:00Z'), state('2026-03-29T01:00:00Z')]).toEqual(['open', 'late'])
    expect([state('2026-03-29T01:30:00Z'), state('2026-03-29T01:31:00Z')]).toEqual(['late', 'closed'])
    // Put back: 02:59 is followed by 02:00.
    expect([state('2026-10-25T00:31:00Z'), state('2026-10-25T01:00:00Z')]).toEqual(['late', 'open'])
    expect([state('2026-10-25T02:30:00Z'), state('2026-10-25T02:31:00Z')]).toEqual(['late', 'closed'])
  })

  it('is free on a holiday, for the classes that have it', () => {
    const holidays = [{ name: 'Ujian XII', from_date: '2026-11-01', until_date: '2026-11-03', kelas: ['XII-1'] }]
    const free = day(at('07:00'), [session()], { holidays, kelas: 'XII-1' })
    expect(free).toMatchObject({ holiday: 'Ujian XII', sessions: [{ state: 'holiday', leaving: false }] })
    expect(day(at('07:00'), [session()], { holidays })).toMatchObject({ holiday: null, sessions: [{ state: 'open' }] })
    expect(holidayOn(holidays, '2026-11-04', 'XII-1')).toBeNull()
  })
})

describe('what a check-in counts for', () => {
  it('is the open session; what is recorded in it is repeated', () => {
    expect(choose(at('06:30'), [session(), siang])).toBe('arrive pagi')
    expect(choose(at('06:30'), [session(), siang], { pagi: present('06:05') })).toBe('repeat pagi')
    expect(choose(at('13:00'), [session(), siang], { pagi: present('06:05') })).toBe('arrive siang')
  })

  it('is, of several open ones, the one that opened last and has no record yet', () => {
    const harian = session({ id: 'harian', opens: '00:00', closes: '23:59' })
    expect(choose(at('07:00'), [session(), harian])).toBe('arrive pagi')
    expect(choose(at('07:00'), [session(), harian], { pagi: present('06:59') })).toBe('arrive harian')
    expect(choose(at('07:00'), [session(), harian], { pagi: present('06:59'), harian: present('07:00') })).toBe(
      'repeat pagi',
    )
  })

  it('is a leaving in the leaving hours of a session she is present in, once, and not right after she came', () => {
    const pagi = session({ leaving_opens: '15:00', leaving_closes: '16:00' })
    expect(choose(at('15:00'), [pagi], { pagi: present('07:00') })).toBe('leave pagi')
    expect(choose(at('16:00'), [pagi], { pagi: present('07:00') })).toBe('leave pagi')
    expect(choose(at('15:30'), [pagi], { pagi: present('07:00', Date.parse(at('15:00'))) })).toBe('repeat pagi')
    for (const rows of [{}, { pagi: { ...present('07:00'), status: 'alfa' } }])
      expect(choose(at('15:30'), [pagi], rows)).toEqual({ kind: 'over', since: '08:00' })
    expect(choose(at('16:01'), [pagi], { pagi: present('07:00') })).toEqual({ kind: 'over', since: '08:00' })
    const long = { ...pagi, closes: '16:00' }
    expect(choose(at('15:04'), [long], { pagi: present('15:00') })).toBe('repeat pagi')
    expect(choose(at('15:05'), [long], { pagi: present('15:00') })).toBe('leave pagi')
    expect(STAY_MS).toBe(300_000)
  })

  it('is nothing while none is open, and says why', () => {
    const both = [session(), siang]
    expect(choose(at('05:59'), both)).toEqual({ kind: 'before', opens: '06:00' })
    expect(choose(at('09:00'), both)).toEqual({ kind: 'before', opens: '12:00' })
    expect(choose(at('14:01'), both)).toEqual({ kind: 'over', since: '14:00' })
    expect(choose(at('09:00'), [])).toEqual({ kind: 'no_session' })
    const holidays = [{ name: 'Natal', from_date: '2026-11-02', until_date: '2026-11-02', kelas: null }]
    expect(whyClosed(day(at('07:00'), both, { holidays }))).toEqual({ kind: 'holiday', name: 'Natal' })
  })

  it("shows as today's session the open one, else the next, else the last", () => {
    const shown = (time: string) => mainSession(day(at(time)))?.session.id
    expect([shown('05:00'), shown('07:00'), shown('09:00'), shown('13:00'), shown('20:00')]).toEqual([
      'pagi',
      'pagi',
      'siang',
      'siang',
      'siang',
    ])
    expect(mainSession(day(at('07:00'), []))).toBeNull()
  })
})
