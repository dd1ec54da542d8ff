import { randomUUID } from 'node:crypto'
import { decide, makeTemplate } from '../../shared/face/match.ts'
import type { Deps } from '../deps.ts'
import type { Evidence } from '../evidence/assess.ts'
import { type Outcome, refusal } from '../evidence/outcome.ts'
import type { Faces } from '../face/faces.ts'
import type { SignedInUser } from '../users/store.ts'
import { DAILY_SESSION, locate } from './session.ts'
import { findAttendanceOn, insertAttendance } from './store.ts'

/**
 * Checks in: 1:1 against the signed-in person's face, nobody nearer among her class and the device's earlier users, then
 * the window at the moment the ticket was issued. "Not you", "somebody else is nearer" and "not enrolled" are all
 * not_matched. A doubtful verdict or a phone that still waits for approval is recorded, graded `review`.
 */
export async function submitAttendance(
  deps: Deps,
  faces: Faces,
  user: SignedInUser,
  evidence: Evidence,
  origin: { deviceInfo: string | undefined; ipAddress: string },
): Promise<Outcome> {
  const { ticket, capture, device, verdict, checkId } = evidence
  const probe = makeTemplate(
    capture.model,
    capture.embeddings.map(({ vector }) => vector),
  )
  const around = await faces.gallery.around({ userId: user.id, kelas: user.kelas, deviceId: device.id })
  const decision = decide(capture.model, { probe, ...around }, deps.config.faceConfidenceThreshold)
  if (decision.kind !== 'matched') return refusal('not_matched')

  const moment = await locate(deps, ticket.issued_at)
  if (moment.state === 'before' || moment.state === 'closed') return refusal('closed')
  const key = { userId: user.id, sessionId: DAILY_SESSION.id, date: moment.date }
  const first = await findAttendanceOn(deps.db, key)
  if (first !== null)
    return { receipt: { kind: 'attendance', absensi_id: first.id, is_duplicate: true }, statements: [] }

  const id = randomUUID()
  const attendance = {
    id,
    ...key,
    timestamp: ticket.issued_at,
    status: moment.state === 'late' ? 'terlambat' : 'hadir',
    grade: verdict.result === 'review' || device.status === 'pending' || decision.twinNearer ? 'review' : 'verified',
    lateMinutes: moment.lateMinutes,
    confidence: decision.confidence,
  } as const
  return {
    receipt: { kind: 'attendance', absensi_id: id, is_duplicate: false },
    statements: [insertAttendance(attendance, { ...origin, deviceId: device.id, checkId }, deps.now())],
  }
}
