import type { z } from 'zod'
import type { historyReply, Status, statisticsReply } from '../../../shared/contract/absensi.ts'
import type { correctionListReply } from '../../../shared/contract/absensi-admin.ts'
import type { withdrawReply } from '../../../shared/contract/consent-ledger.ts'
import { CONSENT_VERSION } from '../../../shared/contract/consents.ts'
import type { devicesReply } from '../../../shared/contract/devices.ts'
import type { izinListReply } from '../../../shared/contract/izin.ts'
import type { codeReply } from '../../../shared/contract/presence-code.ts'
import type { exportReply } from '../../../shared/contract/privacy.ts'
import { type Answers, absensi, morning, ok, tokens, user } from './answers.ts'

/** The browser's own day: the calendar opens there, whatever day a test runs on. */
/** As at the school of `answers.ts`. */
const TODAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date())
export const MONTH = TODAY.slice(0, 7)
const day = (at: number) => `${MONTH}-${String(at).padStart(2, '0')}`

const DAYS: readonly (readonly [at: number, status: Status])[] = [
  [1, 'hadir'],
  [2, 'hadir'],
  [3, 'terlambat'],
  [4, 'izin'],
  [5, 'sakit'],
  [6, 'alfa'],
  [7, 'hadir'],
  [8, 'hadir'],
  [9, 'hadir'],
  [10, 'hadir'],
  [11, 'hadir'],
  [12, 'terlambat'],
]

const records: z.infer<typeof historyReply>['data'] = [...DAYS].reverse().map(([at, status]) => ({
  ...absensi({
    id: `r${at}`,
    date: day(at),
    timestamp: `${day(at)}T06:5${at % 10}:00+07:00`,
    status,
    late_minutes: status === 'terlambat' ? 12 : 0,
    session_id: 's1',
    note: status === 'sakit' ? 'Surat dokter diterima' : null,
  }),
  session_name: 'Masuk sekolah',
}))

const counts = { hadir: 7, terlambat: 2, izin: 1, sakit: 1, alfa: 1, total: 12, percentage: 75 }

const request: z.infer<typeof correctionListReply>['data'][number] = {
  id: 'c1',
  user_id: user.id,
  name: user.name,
  nim: user.nim,
  kelas: user.kelas,
  session_id: 's1',
  session_name: 'Masuk sekolah',
  date: day(6),
  status: 'hadir',
  recorded: 'alfa',
  reason: 'Saya hadir, ponsel saya mati',
  state: 'open',
  decided_at: null,
  note: null,
  created_at: `${day(6)}T09:00:00+07:00`,
}

const izin: z.infer<typeof izinListReply>['data'][number] = {
  id: 'i1',
  kind: 'izin',
  from_date: '2026-11-26',
  until_date: '2026-11-27',
  reason: 'Acara keluarga di luar kota',
  state: 'open',
  decided_at: null,
  note: null,
  created_at: '2026-11-20T15:00:00+07:00',
}

const page = { limit: 50, offset: 0 }

const held: z.infer<typeof exportReply> = {
  exported_at: '2026-11-23T07:00:00+07:00',
  profile: {
    ...user,
    parent_email: 'wali@keluarga.test',
    email_confirmed: false,
    is_active: true,
    accommodation: { poses: 'guided', slow: false },
    teaches: [],
    last_login: '2026-11-23T06:45:00+07:00',
    created_at: '2026-07-13T08:00:00+07:00',
    updated_at: '2026-11-23T06:45:00+07:00',
  },
  sign_ins: [{ created_at: '2026-11-23T06:45:00+07:00', expires_at: '2026-11-30T06:45:00+07:00' }],
  devices: [],
  consents: [
    {
      kind: 'self',
      version: CONSENT_VERSION,
      source: 'app',
      given_at: '2026-11-02T08:10:00+07:00',
      withdrawn_at: null,
    },
  ],
  face: [],
  face_cases: [],
  face_uploads: [],
  absensi: [],
  izin: [],
  correction_requests: [],
  corrections: [],
  liveness_checks: [],
  mails: [],
  kiosk_events: [],
  presence_codes: [],
  audit: [],
}

/** A signed-in student whose every screen has something to show. */
export const own: Answers = {
  ...morning,
  'GET absensi/history': ok<z.infer<typeof historyReply>>({ total: records.length, ...page, data: records }),
  'GET absensi/statistics': ok<z.infer<typeof statisticsReply>>({
    overall: { ...counts, percentage: 91.3 },
    current_month: { month: MONTH, ...counts },
    months: [{ month: MONTH, ...counts }],
  }),
  'GET absensi/correction-requests': ok<z.infer<typeof correctionListReply>>({ total: 1, ...page, data: [request] }),
  'POST absensi/correction-requests': { status: 201, body: { request } },
  'GET izin': ok<z.infer<typeof izinListReply>>({
    total: 3,
    ...page,
    data: [
      izin,
      {
        ...izin,
        id: 'i2',
        kind: 'sakit',
        reason: 'Demam',
        state: 'approved',
        note: 'Lekas sembuh',
        until_date: '2026-11-26',
      },
      { ...izin, id: 'i3', reason: 'Latihan pramuka', state: 'refused', note: 'Bukan hari sekolah' },
    ],
  }),
  'POST izin': { status: 201, body: { izin } },
  'DELETE izin/i1': ok({ izin: { ...izin, state: 'withdrawn' } }),
  'GET devices': ok<z.infer<typeof devicesReply>>({
    devices: [
      {
        id: 'a'.repeat(43),
        kind: 'phone',
        label: 'Android 14',
        status: 'active',
        created_at: '2026-11-02T08:00:00+07:00',
      },
      {
        id: 'b'.repeat(43),
        kind: 'phone',
        label: 'iPhone',
        status: 'pending',
        created_at: '2026-11-22T08:00:00+07:00',
      },
    ],
  }),
  'GET me/export': ok(held),
  'DELETE consents': ok<z.infer<typeof withdrawReply>>({
    current_version: CONSENT_VERSION,
    consent: null,
    receipt: {
      id: 'bukti-1',
      at: '2026-11-23T07:01:00+07:00',
      destroyed: { data_key: true, encodings: 3, traces: 2, open_cases: 0 },
    },
  }),
  'POST absensi/code': { status: 201, body: { code: '240117', expires_in: 60 } satisfies z.infer<typeof codeReply> },
  'PUT auth/change-password': tokens(),
  'POST auth/logout-everywhere': ok({ success: true, message: '' }),
}

/** A day with two sessions, the second with a leaving and a place. */
export const busyDay: Answers = {
  ...own,
  'GET absensi/today': ok({
    date: '2026-11-23',
    time_zone: 'Asia/Jakarta',
    server_time: '2026-11-23T12:40:20+07:00',
    session: secondSession(),
    absensi: null,
    sessions: [
      { ...firstSession(), state: 'closed', leaving: null, wants_location: false, absensi: absensi() },
      {
        ...secondSession(),
        leaving: { opens: '2026-11-23T15:00:00+07:00', closes: '2026-11-23T16:00:00+07:00', open: false },
        wants_location: true,
        absensi: null,
      },
    ],
    check_in: 'arrive',
    why_closed: null,
    holiday: null,
    izin: 'izin',
  }),
}

function firstSession() {
  return {
    id: 's1',
    name: 'Masuk sekolah',
    opens: '2026-11-23T06:00:00+07:00',
    late_after: '2026-11-23T07:15:00+07:00',
    closes: '2026-11-23T09:00:00+07:00',
  }
}

function secondSession() {
  return {
    id: 's2',
    name: 'Praktikum kimia',
    opens: '2026-11-23T12:30:00+07:00',
    late_after: '2026-11-23T13:00:00+07:00',
    closes: '2026-11-23T14:00:00+07:00',
    state: 'open' as const,
  }
}
