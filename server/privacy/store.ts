import { z } from 'zod'
import { accommodationSchema } from '../../shared/contract/auth.ts'
import type { exportReply } from '../../shared/contract/privacy.ts'
import { listConsents } from '../consents/ledger/store.ts'
import type { Db } from '../db/open.ts'

type Export = z.input<typeof exportReply>

/** Columns that are times (ms), JSON and flags, whatever the table: the rest goes as it is, and the contract cuts it. */
const TIMES = /^(timestamp|trace_kept_until|last_login|.*_at)$/
const JSONS = /^(details|signals|accommodation|reasons|qualities)$/
const FLAGS = /^(has_face|is_active|email_confirmed)$/

const value = z.union([z.string(), z.number(), z.null()])

function readable(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, raw]) => {
      const one = value.parse(raw)
      if (TIMES.test(name) && typeof one === 'number') return [name, new Date(one).toISOString()]
      if (JSONS.test(name) && typeof one === 'string') return [name, JSON.parse(one) as unknown]
      return [name, FLAGS.test(name) ? one === 1 : one]
    }),
  )
}

/** Who did it, seen from the person: herself, somebody else, nobody. */
const by = (column: string) =>
  `CASE WHEN ${column} = :id THEN 'self' WHEN ${column} IS NULL THEN 'system' ELSE 'other' END AS by`

/** Each list of the export. Only named columns: what a later migration adds is not given away unseen. */
const LISTS = {
  sign_ins: `SELECT created_at, expires_at FROM refresh_tokens WHERE user_id = :id AND spent_at IS NULL ORDER BY created_at`,
  devices: `SELECT id, kind, label, status, created_at, approved_at, revoked_at FROM devices WHERE user_id = :id
    ORDER BY created_at`,
  face: `SELECT model, pose, quality, confidence, created_at FROM face_encodings WHERE user_id = :id ORDER BY created_at`,
  face_cases: `SELECT state, created_at, settled_at FROM face_cases WHERE user_id = :id
    UNION ALL SELECT state, created_at, settled_at FROM face_cases WHERE other_user_id = :id`,
  face_uploads: `SELECT state, qualities, created_at, matched_at, decided_at FROM face_uploads WHERE user_id = :id
    ORDER BY created_at`,
  absensi: `SELECT id, session_id AS session, date, timestamp, status, grade, late_minutes, confidence, method, place, location,
    left_at, device_info, ip_address, note, created_at FROM absensi WHERE user_id = :id ORDER BY date, timestamp`,
  izin: `SELECT id, kind, from_date, until_date, reason, state, note, created_at, decided_at FROM izin_requests
    WHERE user_id = :id ORDER BY from_date`,
  correction_requests: `SELECT session_id AS session, date, status, reason, state, note, created_at, decided_at
    FROM correction_requests WHERE user_id = :id ORDER BY created_at`,
  corrections: `SELECT absensi_id, reason, old_value, new_value, ${by('by_user')}, created_at FROM corrections
    WHERE user_id = :id ORDER BY created_at`,
  liveness_checks: `SELECT created_at, challenge_type AS challenges, result, reason, metadata AS signals,
    CASE WHEN trace IS NULL THEN NULL ELSE trace_until END AS trace_kept_until FROM liveness_checks
    WHERE user_id = :id ORDER BY created_at`,
  kiosk_events: `SELECT captured_at AS stood_at, received_at, iif(claim_id = :id, nim, NULL) AS nim, result, reasons, state, decided_at,
    note FROM kiosk_events WHERE claim_id = :id OR person_id = :id ORDER BY captured_at`,
  presence_codes: `SELECT created_at, expires_at, outcome FROM presence_codes WHERE user_id = :id`,
  mails: `SELECT kind, recipient, state, created_at FROM mails WHERE user_id = :id ORDER BY created_at`,
  audit: `SELECT seq, created_at, ${by('user_id')}, action, entity_type, entity_id,
      iif(user_id = :id, details, NULL) AS details, iif(user_id = :id, ip_address, NULL) AS ip_address,
      iif(user_id = :id, user_agent, NULL) AS user_agent
    FROM audit_logs WHERE user_id = :id OR entity_id = :id ORDER BY seq`,
} as const satisfies Partial<Record<keyof Export, string>>

/** Everything that is held on a user; null when there is no such user. `exportedAt` in ms. */
export async function readEverything(db: Db, id: string, exportedAt: number): Promise<Export | null> {
  const [person] = await db.read(
    `SELECT id, nim, name, email, role, has_face, kelas, parent_email, coalesce(email = confirmed_email, 0) AS
      email_confirmed, is_active, accommodation, last_login, created_at, updated_at FROM users WHERE id = ?`,
    [id],
  )
  if (person === undefined) return null
  const profile = readable(person)
  const teaches = await db.read('SELECT kelas FROM guru_kelas WHERE user_id = ? ORDER BY kelas', [id])
  const lists: Record<string, unknown[]> = {}
  for (const [name, sql] of Object.entries(LISTS)) lists[name] = (await db.read(sql, { id })).map(readable)
  return {
    ...lists,
    exported_at: new Date(exportedAt).toISOString(),
    profile: {
      ...profile,
      accommodation: accommodationSchema.parse(profile.accommodation),
      teaches: teaches.map(({ kelas }) => String(kelas)),
    },
    consents: await listConsents(db, id),
  } as unknown as Export
}
