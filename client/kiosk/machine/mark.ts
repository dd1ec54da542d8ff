import { isPresent } from '../../../shared/attendance/present.ts'
import { readWallClock } from '../../../shared/attendance/zone.ts'
import type { SealedCapture } from '../../../shared/contract/capture.ts'
import { toProblem } from '../../core/api-problem.ts'
import { askForSync } from '../../outbox/drain-events.ts'
import type { KioskClock, TimeStamp } from '../../outbox/kiosk-clock.ts'
import type { Outbox } from '../../outbox/outbox.ts'
import type { StorageFailure } from '../../outbox/storage-problem.ts'
import type { Claim, Result, Trouble } from '../kiosk.ts'
import type { KioskServer, ScanReply } from './server.ts'
import { isShutOut } from './signed-calls.ts'

/** The same bytes get the same answer: a lost reply is asked for again after these pauses, ms. */
const TRIES = [300, 1500] as const
/** A try that took so long is not made again: behind her stands a queue, ms. */
const LONG_MS = 4_000

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const TROUBLES = {
  ambiguous: 'ambiguous',
  many: 'ambiguous',
  unknown: 'unknown',
  holiday: 'holiday',
  not_your_session: 'not_yours',
  closed: 'closed',
} as const satisfies Record<Exclude<ScanReply['result'], 'recorded' | 'already'>, Trouble>

/** What the server made of a capture, as a screen. */
function readReply({ result, absensi, left }: ScanReply): Result {
  if (result !== 'recorded' && result !== 'already') return { kind: TROUBLES[result] }
  if (absensi === null) return { kind: 'unknown' }
  const { name, kelas, status, late_minutes: lateMinutes, time, grade } = absensi
  if (!isPresent(status)) return { kind: 'absent', name, kelas, status }
  const kind = result === 'already' ? 'already' : left ? 'left' : status === 'terlambat' ? 'late' : 'recorded'
  return { kind, name, kelas, status, lateMinutes, time: time.slice(11, 16), review: grade === 'review' }
}

/** Sends a capture and says what came of it. `away`: no answer came; `shut_out`: the kiosk was revoked. */
export async function markOnline(
  server: KioskServer,
  sealed: SealedCapture,
  nim: string | null,
): Promise<Result | 'away' | 'shut_out'> {
  for (let tries = 0; ; tries += 1) {
    const began = performance.now()
    try {
      return readReply(await server.scan(sealed, nim))
    } catch (error) {
      if (isShutOut(error)) return 'shut_out'
      const { code } = toProblem(error)
      const wait = TRIES[tries]
      if (code === 'no_network' || code === 'unavailable') {
        if (wait === undefined || !navigator.onLine || performance.now() - began > LONG_MS) return 'away'
        await pause(wait)
        continue
      }
      if (code === 'closed') return { kind: 'closed' }
      if (code === 'slow_down') return { kind: 'slow' }
      // A ticket ends under a walk that took very long.
      if (code === 'not_live' || code === 'bad_capture' || code === 'ticket_expired') return { kind: 'not_live' }
      if (code === 'not_matched' || code === 'not_found') return { kind: 'unknown' }
      return { kind: 'retry' }
    }
  }
}

/** When a walk began, for the server and for the screen. */
export interface Began {
  readonly stamp: TimeStamp
  readonly now: ReturnType<KioskClock['now']>
}

/** Appends a sealed event to the outbox; "saved" is told only after it was read back. */
export async function markOffline(
  { outbox, timeZone }: { outbox: Outbox; timeZone: string },
  sealed: SealedCapture,
  claim: Claim,
  { stamp, now }: Began,
): Promise<{ readonly saved: Result } | { readonly failed: StorageFailure }> {
  const draft = {
    id: crypto.randomUUID(),
    ticket: sealed.ticket,
    capture: sealed.capture,
    nim: claim.nim,
    ...stamp,
  }
  const appended = await outbox.events.append(draft)
  if (appended.kind === 'failed') return { failed: appended.why }
  void askForSync()
  const time = readWallClock(now.ms, timeZone).iso.slice(11, 16)
  return { saved: { kind: 'provisional', claim, time, clockKnown: now.trusted } }
}
