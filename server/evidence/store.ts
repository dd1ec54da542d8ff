import { z } from 'zod'
import { CLOCKS_APART_MS } from '../db/clocks-apart.ts'
import type { Db } from '../db/open.ts'
import { mustChange, type Statement } from '../db/write.ts'
import { type Receipt, receiptSchema } from './receipt.ts'
import type { TicketClaims } from './ticket.ts'

/** How a spent ticket was spent. */
export interface Spending {
  readonly captureHash: string
  readonly receipt: Receipt
}

const DAY_MS = 86_400_000
/** Failures are counted within this time, per claimed person and device. */
export const FAILURE_WINDOW_MS = 180_000

/**
 * Adds a ticket; what is long over of tickets and traces goes at the same time.
 * @param keepDays how long a ticket's row outlives it: so long a lost reply can be asked for again
 */
export function insertTicket(claims: TicketClaims, keepDays: number): Statement[] {
  return insertTickets([claims], keepDays)
}

/** The same for several that are issued at once. */
export function insertTickets(tickets: readonly TicketClaims[], keepDays: number): Statement[] {
  const now = tickets[0]?.issued_at ?? 0
  return [
    { sql: 'DELETE FROM tickets WHERE expires_at < ?', args: [now - keepDays * DAY_MS] },
    { sql: 'UPDATE liveness_checks SET trace = NULL WHERE trace IS NOT NULL AND trace_until < ?', args: [now] },
    ...tickets.map((claims) => ({
      sql: `INSERT INTO tickets (id, user_id, device_id, purpose, challenges, slow, poses, sealing_kid, issued_at,
        expires_at, lease_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [
        claims.id,
        claims.user,
        claims.device,
        claims.purpose,
        JSON.stringify(claims.challenges),
        claims.slow ? 1 : 0,
        claims.poses,
        claims.kid,
        claims.issued_at,
        claims.expires_at,
        claims.lease ?? null,
      ],
    })),
  ]
}

const spendingRow = z.object({ capture_hash: z.string().nullable(), receipt: z.string().nullable() })

/** How a ticket was spent; `unspent`, or `unknown` when there is no such ticket (any more). */
export async function findSpending(db: Db, ticketId: string): Promise<Spending | 'unspent' | 'unknown'> {
  const [row] = await db.read('SELECT capture_hash, receipt FROM tickets WHERE id = ?', [ticketId])
  if (row === undefined) return 'unknown'
  const { capture_hash, receipt } = spendingRow.parse(row)
  if (capture_hash === null || receipt === null) return 'unspent'
  return { captureHash: capture_hash, receipt: receiptSchema.parse(JSON.parse(receipt)) }
}

/** The person whose NIM a kiosk sent when it drew this ticket; null: nobody's, or no such ticket. */
export async function findClaimedPerson(db: Db, ticketId: string): Promise<string | null> {
  const [row] = await db.read('SELECT user_id FROM tickets WHERE id = ?', [ticketId])
  return row === undefined ? null : z.object({ user_id: z.string().nullable() }).parse(row).user_id
}

/** Breaks the batch (`isConflict`) when the person has a face by then. */
export function requireNoFace(userId: string): Statement[] {
  return [{ sql: 'UPDATE users SET has_face = has_face WHERE id = ? AND has_face = 0', args: [userId] }, mustChange]
}

/** Spends a ticket; breaks the batch (`isConflict`) when it is spent already. */
export function spendTicket(ticketId: string, spending: Spending, now: number): Statement[] {
  const { receipt, captureHash } = spending
  return [
    {
      sql: `UPDATE tickets SET spent_at = ?, capture_hash = ?, receipt = ?, refusal = ?
        WHERE id = ? AND spent_at IS NULL`,
      args: [
        now,
        captureHash,
        JSON.stringify(receipt),
        receipt.kind === 'refused' ? receipt.code : isUnknown(receipt) ? 'not_matched' : null,
        ticketId,
      ],
    },
    mustChange,
  ]
}

/** Counts a spent ticket as a failure, whose receipt alone says no such thing. */
export function noteFailure(ticketId: string): Statement {
  return { sql: "UPDATE tickets SET refusal = 'not_matched' WHERE id = ?", args: [ticketId] }
}

/** A kiosk's face of nobody is a failure as well. */
const isUnknown = (receipt: Receipt) => receipt.kind === 'unidentified' && receipt.result === 'unknown'

const timeRow = z.object({ at: z.number() }).transform(({ at }) => at)

/**
 * When this person's face (null: anybody's) was refused on this device within the window, newest first, ms. What comes out of
 * a kiosk's outbox is no try of now.
 */
export async function readFailures(db: Db, userId: string | null, deviceId: string, now: number): Promise<number[]> {
  const rows = await db.read(
    `SELECT spent_at AS at FROM tickets WHERE device_id = :deviceId AND ${userId === null ? '1' : 'user_id = :userId'}
      AND lease_id IS NULL AND refusal IN ('not_live', 'not_matched') AND issued_at > :issued
      AND spent_at > :spent AND spent_at <= :now ORDER BY spent_at DESC`,
    {
      ...(userId === null ? {} : { userId }),
      deviceId,
      // What is further in the future than clocks are apart was written while one was ahead.
      now: now + CLOCKS_APART_MS,
      issued: now - FAILURE_WINDOW_MS - 1_200_000,
      spent: now - FAILURE_WINDOW_MS,
    },
  )
  return rows.map((row) => timeRow.parse(row))
}

/** When this person drew tickets on this device within the window, newest first, ms. */
export async function readTicketTimes(db: Db, userId: string, deviceId: string, now: number): Promise<number[]> {
  const rows = await db.read(
    `SELECT issued_at AS at FROM tickets WHERE user_id = ? AND device_id = ? AND issued_at > ? AND issued_at <= ?
      ORDER BY issued_at DESC`,
    [userId, deviceId, now - FAILURE_WINDOW_MS, now + CLOCKS_APART_MS],
  )
  return rows.map((row) => timeRow.parse(row))
}

/** Whether the very same landmarks were judged before: they do not come twice. */
export async function hasTrace(db: Db, traceHash: string): Promise<boolean> {
  return (await db.read('SELECT 1 AS found FROM liveness_checks WHERE trace_hash = ? LIMIT 1', [traceHash])).length > 0
}

export interface LivenessCheck {
  readonly id: string
  /** Null: a kiosk saw nobody it knows. */
  readonly userId: string | null
  readonly ticketId: string
  readonly deviceId: string
  readonly challenges: readonly string[]
  readonly result: 'live' | 'review' | 'not_live'
  readonly reason: string
  /** Each signal's value and limit. */
  readonly signals: unknown
  readonly sealedTrace: Uint8Array | null
  readonly traceHash: string
}

/** Records what was judged, with the sealed trace, which is kept `traceDays` for a person who has to look at it. */
export function insertCheck(check: LivenessCheck, traceDays: number, now: number): Statement {
  return {
    sql: `INSERT INTO liveness_checks (id, user_id, session_id, device_id, challenge_type, result, reason, metadata,
      trace, trace_hash, trace_until, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      check.id,
      check.userId,
      check.ticketId,
      check.deviceId,
      check.challenges.join(','),
      check.result,
      check.reason,
      JSON.stringify(check.signals),
      check.sealedTrace,
      check.traceHash,
      now + traceDays * DAY_MS,
      now,
    ],
  }
}
