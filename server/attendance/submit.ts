import { randomUUID } from 'node:crypto'
import type { Point } from '../../shared/attendance/place.ts'
import { decide, makeTemplate } from '../../shared/face/match.ts'
import type { Deps } from '../deps.ts'
import { type Evidence, type Outcome, refusal } from '../evidence/receive.ts'
import type { Faces } from '../face/faces.ts'
import type { SignedInUser } from '../users/store.ts'
import { judgePlace } from './place.ts'
import { locate } from './session.ts'
import { insertAttendance, noteLeaving } from './store.ts'

/** Where a check-in comes from. `location` is there only if its owner agreed to give it. */
export interface SubmitOrigin {
  readonly deviceInfo: string | undefined
  readonly ipAddress: string
  readonly location: (Point & { accuracy: number }) | undefined
}

/**
 * Checks in: 1:1 against the signed-in person's face, nobody nearer among her class and the device's earlier users, then
 * the session of the moment the ticket was issued and its place. "Not you", "somebody else is nearer" and "not enrolled"
 * are all not_matched. A doubtful verdict, a phone that still waits for approval and, where the session flags that, another
 * place are recorded, graded `review`. In the leaving hours of a session she is present in, she checks out.
 */
export async function submitAttendance(
  deps: Deps,
  faces: Faces,
  user: SignedInUser,
  evidence: Evidence,
  origin: SubmitOrigin,
): Promise<Outcome> {
  const { ticket, capture, device, verdict, checkId } = evidence
  const probe = makeTemplate(
    capture.model,
    capture.embeddings.map(({ vector }) => vector),
  )
  const around = await faces.gallery.around({ userId: user.id, kelas: user.kelas, deviceId: device.id })
  const decision = decide(capture.model, { probe, ...around }, deps.config.faceConfidenceThreshold)
  if (decision.kind !== 'matched') return refusal('not_matched')

  const { day, rows, counts } = await locate(deps, user, ticket.issued_at)
  if (counts.kind === 'closed') return refusal('closed')
  const { session, state, lateMinutes } = counts.one
  const first = rows.get(session.id)
  if (counts.kind === 'repeat' && first !== undefined)
    return { receipt: { kind: 'attendance', absensi_id: first.id, is_duplicate: true }, statements: [] }

  const placed = judgePlace(session.place, { location: origin.location, address: origin.ipAddress })
  const elsewhere = placed.place !== null && placed.place !== 'inside'
  if (elsewhere && session.place?.mode === 'refuse') return refusal('outside')
  const doubtful = elsewhere || verdict.result === 'review' || device.status === 'pending'

  if (first !== undefined)
    return {
      receipt: { kind: 'attendance', absensi_id: first.id, is_duplicate: false, left: true },
      statements: noteLeaving(first.id, ticket.issued_at, doubtful),
    }
  const id = randomUUID()
  const attendance = {
    id,
    userId: user.id,
    sessionId: session.id,
    date: day.date,
    timestamp: ticket.issued_at,
    status: state === 'late' ? 'terlambat' : 'hadir',
    grade: doubtful ? 'review' : 'verified',
    lateMinutes,
    confidence: decision.confidence,
  } as const
  return {
    receipt: { kind: 'attendance', absensi_id: id, is_duplicate: false },
    statements: [insertAttendance(attendance, { ...origin, placed, deviceId: device.id, checkId }, deps.now())],
  }
}
