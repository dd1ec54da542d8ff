import type { EventReason, KioskEvent } from '../../../shared/contract/kiosk-offline.ts'
import { type CapturedTime, readCapturedTime } from '../../../shared/kiosk/captured-time.ts'
import type { Deps } from '../../deps.ts'
import { findEnd } from '../../evidence/leases/store.ts'
import { findSpending, type Spending } from '../../evidence/store.ts'
import type { TicketClaims } from '../../evidence/ticket.ts'
import { readTimeToken } from '../offline/time-token.ts'
import type { Kiosk } from '../store.ts'
import { findCounters } from './store.ts'

/** What is known of an event before its capture is looked at. */
export interface Standing {
  readonly time: CapturedTime
  /** Another event has its counter. */
  readonly clash: boolean
  /** Why a person has to look, whatever the capture shows. */
  readonly doubts: readonly EventReason[]
  readonly spending: Spending | 'unspent' | 'unknown'
}

/** How far a trusted time may be past a ticket's end, ms: clocks drift. */
const SLACK_MS = 60_000

/** Reads an event's time, and doubts its kiosk, counter, ticket and time, in this order. */
export async function doubtEvent(
  { db, keyRing }: Deps,
  kiosk: Kiosk,
  { event, ticket, captureHash }: { event: KioskEvent; ticket: TicketClaims; captureHash: string },
  receivedAt: number,
): Promise<Standing> {
  const { clash, gap, previous } = await readCounter({ db }, kiosk, event.counter)
  const time = readCapturedTime({
    tokenAt: await readTimeToken(keyRing, kiosk.id, event.time_token),
    elapsedMs: event.elapsed_ms,
    wallAt: Date.parse(event.wall_time),
    issuedAt: ticket.issued_at,
    receivedAt,
    previous,
  })
  const spending = await findSpending(db, ticket.id)
  const endsAt = (await findEnd(db, ticket.id)) ?? ticket.expires_at
  const isReused = spending !== 'unspent' && spending !== 'unknown' && spending.captureHash !== captureHash
  const found: readonly (readonly [EventReason, boolean])[] = [
    ['kiosk_revoked', kiosk.status === 'revoked'],
    ['counter_clash', clash],
    ['counter_gap', gap],
    ['ticket_reused', isReused],
    ['ticket_unknown', spending === 'unknown'],
    ['ticket_expired', time.instant > endsAt + SLACK_MS],
  ]
  const doubts = found.flatMap(([reason, holds]) => (holds ? [reason] : []))
  return { time, clash, spending, doubts: time.doubt === null ? doubts : [...doubts, time.doubt] }
}

/** Whether another event of this kiosk has a counter, whether the one before is missing, and that one's times. */
export async function readCounter({ db }: Pick<Deps, 'db'>, kiosk: Kiosk, counter: number) {
  const found = await findCounters(db, kiosk.id, counter)
  const before = found.find((one) => one.counter === counter - 1)
  return {
    clash: found.some((one) => one.counter === counter),
    gap: counter > 1 && before === undefined,
    previous:
      before === undefined || before.wall_at === null
        ? null
        : { wallAt: before.wall_at, instant: before.captured_at, trusted: before.trusted },
  }
}
