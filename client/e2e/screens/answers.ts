import type { Absensi } from '../../../shared/contract/absensi.ts'
import type { TokensReply, User } from '../../../shared/contract/auth.ts'
import { CONSENT_VERSION } from '../../../shared/contract/consents.ts'
import { PROBLEMS, type ProblemCode } from '../../../shared/contract/problem.ts'
import type {
  ConsentReply,
  FaceStatusReply,
  HealthReply,
  HistoryReply,
  SubmitReply,
  TodayReply,
} from '../../core/api.ts'

interface Reply {
  readonly status?: number
  readonly body: unknown
}

/** "METHOD path" below /api/v1 -> the reply, or no network at all. `signedIn`: an earlier visit left a session. */
export interface Answers {
  readonly [call: `${string} ${string}`]: Reply | 'no_network'
  readonly signedIn?: boolean
}

/** A reply of 200 with a body that the contract allows. */
export const ok = <T>(body: T): Reply => ({ body })

export const problem = (code: ProblemCode, retryAfter?: number): Reply => ({
  status: PROBLEMS[code],
  body: {
    type: 'about:blank',
    title: code,
    status: PROBLEMS[code],
    detail: '',
    code,
    ...(retryAfter ? { retry_after: retryAfter } : {}),
  },
})

export const user: User = {
  id: 'u1',
  nim: '2026-0117',
  name: 'Rani Kusuma Dewi',
  email: null,
  role: 'user',
  has_face: true,
  kelas: 'XI IPA 2',
}

export const tokens = (change: Partial<User> = {}): Reply =>
  ok<TokensReply>({
    access_token: 'a.b.c',
    token_type: 'bearer',
    expires_in: 3600,
    user: { ...user, ...change },
  })

export const absensi = (change: Partial<Absensi> = {}): Absensi => ({
  id: 'r1',
  user_id: user.id,
  name: user.name,
  nim: user.nim,
  date: '2026-11-23',
  timestamp: '2026-11-23T06:58:12+07:00',
  status: 'hadir',
  grade: 'verified',
  confidence: 'high',
  late_minutes: 0,
  ...change,
})

/** A record of somebody who came 23 minutes late. */
export const LATE = { status: 'terlambat', late_minutes: 23, timestamp: '2026-11-23T07:38:40+07:00' } as const

const SESSION = {
  id: 's1',
  name: 'Masuk sekolah',
  opens: '2026-11-23T06:00:00+07:00',
  late_after: '2026-11-23T07:15:00+07:00',
  closes: '2026-11-23T15:00:00+07:00',
} as const

type SchoolSession = NonNullable<TodayReply['session']>

/** Today at a time of the school's day ("06:48"), in a state of the session (null: no session). */
export const today = (time: string, state: SchoolSession['state'] | null, record: Absensi | null = null): Reply =>
  ok<TodayReply>({
    date: '2026-11-23',
    time_zone: 'Asia/Jakarta',
    server_time: `2026-11-23T${time}:20+07:00`,
    session: state ? { ...SESSION, state } : null,
    absensi: record,
  })

export const consented = ok<ConsentReply>({
  current_version: CONSENT_VERSION,
  consent: { version: CONSENT_VERSION, given_at: '2026-11-02T08:10:00+07:00' },
})
export const notConsented = ok<ConsentReply>({ current_version: CONSENT_VERSION, consent: null })

export const faceOn = ok<FaceStatusReply>({
  has_face: true,
  encodings: 3,
  registered_at: '2026-11-02T08:12:00+07:00',
  quality: 93,
  model: 'dlib-1',
})
export const faceOff = ok<FaceStatusReply>({
  has_face: false,
  encodings: 0,
  registered_at: null,
  quality: null,
  model: null,
})

export const health = (profile: HealthReply['profile'], registration = false): Reply =>
  ok<HealthReply>({ status: 'ok', name: 'Smart Absensi', profile, time_zone: 'Asia/Jakarta', registration })

export const submitted = (change: Partial<Absensi> = {}, rest: Partial<SubmitReply> = {}): SubmitReply => ({
  success: true,
  message: '',
  absensi: absensi(change),
  is_duplicate: false,
  ...rest,
})

/** Her last records, the newest first. */
export const lastRecord = ok<HistoryReply>({
  total: 1,
  limit: 1,
  offset: 0,
  data: [
    {
      ...absensi({ id: 'r0', date: '2026-11-20', timestamp: '2026-11-20T06:51:00+07:00' }),
      session_name: 'Masuk sekolah',
    },
  ],
})

/** A school morning for somebody who is signed in, enrolled and has agreed. */
export const morning: Answers = {
  signedIn: true,
  'GET health': health('school'),
  'POST auth/refresh': tokens(),
  'GET absensi/today': today('06:48', 'open'),
  'GET absensi/history': lastRecord,
  'GET consents': consented,
  'GET face/status': faceOn,
  'DELETE face/unregister': ok({ success: true, message: '' }),
  'POST auth/logout': ok({ success: true, message: '' }),
}

/** Nobody is signed in. */
export const gate: Answers = {
  'GET health': health('school'),
  'POST auth/login': tokens(),
  'POST auth/activate': tokens({ has_face: false }),
  'GET absensi/today': today('06:48', 'open'),
  'GET absensi/history': lastRecord,
}
