import { z } from 'zod'
import { statusSchema } from '../../../shared/contract/absensi.ts'
import { type EventReason, eventReasonSchema, eventResultSchema } from '../../../shared/contract/kiosk-offline.ts'
import type { Db } from '../../db/open.ts'
import { readTotal } from '../../db/total.ts'
import type { Statement } from '../../db/write.ts'

const reasonsColumn = z.string().transform((json) => z.array(eventReasonSchema).parse(JSON.parse(json)))

const receiptRow = z.object({
  event_id: z.string(),
  result: eventResultSchema,
  reasons: reasonsColumn,
  name: z.string().nullable(),
  status: statusSchema.nullable(),
  captured_at: z.number(),
})
export type ReceiptRow = z.infer<typeof receiptRow>

/** The receipt of an event that came before, or null. */
export async function findReceipt(db: Db, kioskId: string, eventId: string): Promise<ReceiptRow | null> {
  const [row] = await db.read(
    `SELECT e.event_id, e.result, e.reasons, u.name, e.status, e.captured_at FROM kiosk_events e
      LEFT JOIN users u ON u.id = e.person_id WHERE e.kiosk_id = ? AND e.event_id = ?`,
    [kioskId, eventId],
  )
  return row === undefined ? null : receiptRow.parse(row)
}

const counterRow = z.object({
  counter: z.number(),
  wall_at: z.number().nullable(),
  captured_at: z.number(),
  trusted: z.number().transform((value) => value === 1),
})

/** The events of a kiosk that have a counter, and the one before it, where they came in. */
export async function findCounters(db: Db, kioskId: string, counter: number): Promise<z.infer<typeof counterRow>[]> {
  const rows = await db.read(
    `SELECT counter, wall_at, captured_at, trusted FROM kiosk_events
      WHERE kiosk_id = ? AND clash = 0 AND counter IN (?, ?)`,
    [kioskId, counter - 1, counter],
  )
  return rows.map((row) => counterRow.parse(row))
}

/** How many events of a kiosk came in after it was shut out. */
export async function countRevoked(db: Db, kioskId: string): Promise<number> {
  const [row] = await db.read(
    `SELECT count(*) AS total FROM kiosk_events WHERE kiosk_id = ? AND reasons LIKE '["kiosk_revoked"%'`,
    [kioskId],
  )
  return readTotal(row)
}

/** An event and what became of it. Times in ms. */
export interface TakenEvent {
  readonly id: string
  readonly kioskId: string
  readonly eventId: string
  readonly counter: number | null
  readonly clash: boolean
  readonly ticketId: string | null
  readonly receivedAt: number
  readonly capturedAt: number
  readonly trusted: boolean
  readonly wallAt: number | null
  readonly nim: string | null
  readonly claimId: string | null
  readonly personId: string | null
  readonly absensiId: string | null
  readonly checkId: string | null
  /** `recorded`: the result is the attendance's status. */
  readonly result: 'recorded' | 'already' | 'unknown' | 'review' | 'not_live' | 'bad'
  readonly reasons: readonly EventReason[]
  readonly state: 'done' | 'waiting'
}

/**
 * Keeps an event, after its attendance in the same batch. Breaks the batch (`isConflict`) when this event, or another one
 * with its counter, was quicker.
 */
export function insertEvent(event: TakenEvent): Statement {
  const { reasons, clash, trusted, ...row } = event
  return {
    sql: `INSERT INTO kiosk_events (id, kiosk_id, event_id, counter, clash, ticket_id, received_at, captured_at, trusted,
      wall_at, nim, claim_id, person_id, absensi_id, check_id, result, reasons, status, state)
      SELECT :id, :kioskId, :eventId, :counter, :clash, :ticketId, :receivedAt, :capturedAt, :trusted, :wallAt, :nim,
        :claimId, coalesce(:personId, a.user_id), :absensiId, :checkId, CASE WHEN :result <> 'recorded' THEN :result
          WHEN a.status = 'terlambat' THEN 'terlambat' ELSE 'hadir' END, :reasons, a.status, :state
      FROM (SELECT 1) LEFT JOIN absensi a ON a.id = :absensiId`,
    args: { ...row, reasons: JSON.stringify(reasons), clash: clash ? 1 : 0, trusted: trusted ? 1 : 0 },
  }
}
