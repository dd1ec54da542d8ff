import type { Claim, Result, Status, Trouble, View } from '../../kiosk/kiosk.ts'

export interface KioskScene {
  readonly name: string
  readonly view: View
  readonly status?: Partial<Status>
  /** What the picture must show. */
  readonly shows: string
}

const session = { id: 's', kelas: null, late_after: '07:15', leaving_opens: null, leaving_closes: null }
/** A paired kiosk on a school morning. */
export const MORNING: Partial<Status> = {
  online: true,
  school: 'SMA Negeri 1 Sukamaju',
  label: 'Pintu X-1',
  room: 'Ruang 12',
  kelas: ['X-1', 'X-2'],
  days: [
    { date: '2026-11-23', holiday: null, sessions: [{ ...session, name: 'Masuk', opens: '06:00', closes: '08:00' }] },
  ],
  queue: 0,
  oldest: null,
  stock: 216,
  stockTarget: 216,
  stop: null,
  hasPin: true,
}
const AWAY: Partial<Status> = {
  online: false,
  queue: 12,
  oldest: '2026-11-23T06:41:00+07:00',
  stock: 188,
  clockKnown: true,
}

const ayu: Claim = { nim: '2301', name: 'Ayu Lestari', kelas: 'X-1' }
const idle = { kind: 'idle', hint: null, claim: null } as const
const marked = { name: 'Ayu Lestari Kusumaningrum', kelas: 'X-1', status: 'hadir', time: '06:58' } as const
const plain = { lateMinutes: 0, review: false } as const
const result = (name: string, one: Result): KioskScene => ({
  name: `result-${name}`,
  view: { kind: 'result', result: one },
  shows: `[data-result="${one.kind}"]`,
})
const TROUBLES: readonly Trouble[] = [
  'unknown',
  'ambiguous',
  'not_live',
  'not_yours',
  'holiday',
  'closed',
  'slow',
  'retry',
  'not_saved',
  'no_fit',
]

/** Every screen of the kiosk. */
export const KIOSK_SCENES: readonly KioskScene[] = [
  { name: 'starting', view: { kind: 'starting' }, shows: 'h1' },
  { name: 'code', view: { kind: 'code', busy: false, problem: 'wrong_code' }, shows: '[data-testid="code-screen"]' },
  {
    name: 'code-key',
    view: { kind: 'code', busy: false, problem: 'wrong_device' },
    shows: '[data-testid="pair-anew"]',
  },
  {
    name: 'fingerprint',
    view: { kind: 'fingerprint', fingerprint: '7F3K-9QX2-M0RD-TC4W' },
    shows: '[data-testid="fingerprint"]',
  },
  { name: 'broken', view: { kind: 'broken' }, shows: '[data-testid="broken-screen"]' },
  {
    name: 'revoked',
    view: { kind: 'revoked', refused: false },
    status: { queue: 4 },
    shows: '[data-testid="revoked-screen"]',
  },
  { name: 'revoked-refused', view: { kind: 'revoked', refused: true }, shows: '.button.danger' },
  { name: 'idle', view: idle, status: MORNING, shows: '[data-stage="idle"]' },
  {
    name: 'walk',
    view: {
      kind: 'walk',
      claim: null,
      state: {
        ...{ stage: 'asking', prompt: 'turn-left', attempt: 1, step: 1, steps: 1 },
        ...{ secondsLeft: 4, hint: null, ring: 0.4 },
      },
    },
    shows: '[data-prompt="turn-left"]',
  },
  { name: 'wait', view: { ...idle, hint: 'wait' }, shows: '[data-stage="idle"]' },
  result('recorded', { kind: 'recorded', ...marked, ...plain }),
  result('late', { kind: 'late', ...marked, status: 'terlambat', lateMinutes: 23, review: true }),
  result('absent', { kind: 'absent', name: marked.name, kelas: marked.kelas, status: 'alfa' }),
  result('already', { kind: 'already', ...marked, ...plain }),
  result('provisional', { kind: 'provisional', claim: ayu, time: '06:58', clockKnown: true }),
  result('unsure', { kind: 'provisional', claim: ayu, time: '06:58', clockKnown: false }),
  result('left', { kind: 'left', ...marked, time: '14:05', ...plain }),
  { name: 'known', view: { kind: 'known', name: 'Ayu Lestari Kusumaningrum' }, shows: '[data-stage="known"]' },
  { name: 'known-kept', view: { kind: 'known', name: null }, shows: '[data-stage="known"]' },
  ...TROUBLES.map((kind) => result(kind, { kind })),
  { name: 'idle-offline', view: { ...idle, hint: 'look', claim: ayu }, status: AWAY, shows: '[data-online="false"]' },
  { name: 'stopped', view: idle, status: { online: false, stop: 'no_tickets', stock: 0 }, shows: '.order.bad' },
  { name: 'pick', view: { kind: 'pick' }, status: { ...AWAY, stop: null }, shows: '.tiles button' },
  { name: 'nim', view: { kind: 'nim' }, shows: '[data-testid="nim-screen"]' },
  {
    name: 'pin',
    view: { kind: 'pin', opens: 'settings', problem: 'wrong', tries: 1 },
    shows: '[data-testid="pin-screen"]',
  },
  {
    name: 'pin-lose',
    view: { kind: 'pin', opens: 'lose', problem: 'locked', tries: 5 },
    shows: '[data-testid="pin-screen"]',
  },
  {
    name: 'settings',
    view: { kind: 'settings' },
    status: {
      ...MORNING,
      hasPin: false,
      late: [{ date: '2026-11-22', recorded: 31, already: 2, needTeacher: 3, notLive: 1 }],
    },
    shows: '[data-testid="settings-screen"]',
  },
]
