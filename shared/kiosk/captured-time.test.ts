import { expect, it } from 'vitest'
import { type CaptureClocks, type CapturedTime, readCapturedTime } from './captured-time.ts'

const MINUTE = 60_000
const DAY = 86_400_000
/** A capture ten minutes after a token of minute 100 with a ticket of minute 90, sent a day later; the clock is 5 s fast. */
const honest: CaptureClocks = {
  tokenAt: 100 * MINUTE,
  elapsedMs: 10 * MINUTE,
  wallAt: 110 * MINUTE + 5000,
  issuedAt: 90 * MINUTE,
  receivedAt: DAY,
  previous: { wallAt: 105 * MINUTE + 5000, instant: 105 * MINUTE, trusted: true },
}
const trusted = (minute: number, doubt: CapturedTime['doubt'] = null) => ({
  instant: minute * MINUTE,
  trusted: true,
  doubt,
})
const word = (minute: number, doubt: CapturedTime['doubt']) => ({ instant: minute * MINUTE, trusted: false, doubt })

const cases: readonly (readonly [what: string, Partial<CaptureClocks>, CapturedTime])[] = [
  ['an honest one', {}, trusted(110)],
  ['the first of a kiosk', { previous: null }, trusted(110)],
  ['a clock that was always wrong', { wallAt: 3 * MINUTE, previous: null }, trusted(110)],
  ['a clock set forward', { wallAt: 300 * MINUTE }, trusted(110)],
  ['a clock set back', { wallAt: 60 * MINUTE }, trusted(110, 'clock_back')],
  ['a clock set back by less than the time gone by', { wallAt: 106 * MINUTE }, trusted(110, 'clock_back')],
  [
    'a clock before that of an event whose time was only told',
    { wallAt: 100 * MINUTE, previous: { wallAt: 105 * MINUTE, instant: 105 * MINUTE, trusted: false } },
    trusted(110, 'clock_back'),
  ],
  [
    'the same moment as the one before, in another order',
    { elapsedMs: 5 * MINUTE, wallAt: 105 * MINUTE },
    trusted(105),
  ],
  [
    'a time before that of the event before it, from an older token',
    { elapsedMs: 3 * MINUTE, wallAt: 110 * MINUTE },
    trusted(103, 'clock_back'),
  ],
  ['a page that was reloaded', { elapsedMs: null, wallAt: 120 * MINUTE }, word(120, 'reloaded')],
  ['a reloaded page with a clock before its token', { elapsedMs: null, wallAt: 5 * MINUTE }, word(100, 'reloaded')],
  ['a reloaded page with a clock in the future', { elapsedMs: null, wallAt: 2 * DAY }, word(1440, 'reloaded')],
  ["another kiosk's token", { tokenAt: null }, { ...word(110, 'token_unknown'), instant: 110 * MINUTE + 5000 }],
  ['no token, and a clock before the ticket', { tokenAt: null, wallAt: 0 }, word(90, 'token_unknown')],
  ['more time than there was', { elapsedMs: 2 * DAY, wallAt: 130 * MINUTE }, word(130, 'time_outside')],
  ['a capture before its ticket', { issuedAt: 115 * MINUTE, wallAt: 130 * MINUTE }, word(130, 'time_outside')],
  ['a token of the future', { tokenAt: 2 * DAY, wallAt: 130 * MINUTE }, word(1440, 'time_outside')],
  ['a clock that runs a little fast', { receivedAt: 109.5 * MINUTE }, trusted(109.5)],
]

it.each(cases)('reads the time of %s', (_, change, expected) => {
  expect(readCapturedTime({ ...honest, ...change })).toEqual(expected)
})
