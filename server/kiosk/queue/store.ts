import { z } from 'zod'
import { eventStateSchema } from '../../../shared/contract/kiosk-events.ts'
import { eventReasonSchema, eventResultSchema } from '../../../shared/contract/kiosk-offline.ts'
import type { Db } from '../../db/open.ts'
import { readTotal } from '../../db/total.ts'
import { mustChange, type Statement } from '../../db/write.ts'
import { type Scope, scopeSql } from '../../users/scope.ts'

const flag = z.number().transform((value) => value === 1)
const text = z.string().nullable()

/** An event with its kiosk and the people it names. Times in ms. */
const eventRow = z.object({
  id: z.string(),
  kiosk_id: z.string(),
  label: z.string(),
  room: z.string(),
  captured_at: z.number(),
  received_at: z.number(),
  trusted: flag,
  result: eventResultSchema,
  reasons: z.string().transform((json) => z.array(eventReasonSchema).parse(JSON.parse(json))),
  nim: text,
  claim_id: text,
  claim_nim: text,
  claim_name: text,
  claim_kelas: text,
  person_id: text,
  person_nim: text,
  person_name: text,
  person_kelas: text,
  state: eventStateSchema,
  absensi_id: text,
  session_id: text,
  decided_by: text,
  decided_name: text,
  decided_at: z.number().nullable(),
  note: text,
})
export type EventRow = z.infer<typeof eventRow>

const COLUMNS = `e.id, e.kiosk_id, d.label, k.room, e.captured_at, e.received_at, e.trusted, e.result, e.reasons, e.nim,
  e.claim_id, c.nim AS claim_nim, c.name AS claim_name, c.kelas AS claim_kelas, e.person_id, p.nim AS person_nim,
  p.name AS person_name, p.kelas AS person_kelas, e.state, e.absensi_id, a.session_id, e.decided_by, b.name AS decided_name,
  e.decided_at, e.note`

const FROM = `FROM kiosk_events e JOIN kiosks k ON k.device_id = e.kiosk_id JOIN devices d ON d.id = e.kiosk_id
  LEFT JOIN users u ON u.id = coalesce(e.person_id, e.claim_id)`

const NAMES = `LEFT JOIN users c ON c.id = e.claim_id LEFT JOIN users p ON p.id = e.person_id
  LEFT JOIN users b ON b.id = e.decided_by LEFT JOIN absensi a ON a.id = e.absensi_id`

/** Events of people in a scope, and those that name nobody, of kiosks that stand for one of its classes. */
function visibleTo(scope: Scope): { sql: string; args: Record<string, string> } {
  const { sql, args } = scopeSql(scope)
  if (scope.kind === 'all') return { sql, args }
  if (scope.kind === 'self') return { sql: '0', args: {} }
  return {
    sql: `CASE WHEN u.id IS NOT NULL THEN ${sql}
      WHEN k.kelas IS NULL THEN json_array_length(:scopeKelas) > 0
      ELSE EXISTS (SELECT 1 FROM json_each(k.kelas) own JOIN json_each(:scopeKelas) mine ON mine.value = own.value) END`,
    args,
  }
}

/** One event a reader may see, or null. */
export async function findEvent(db: Db, id: string, scope: Scope): Promise<EventRow | null> {
  const { sql, args } = visibleTo(scope)
  const [row] = await db.read(`SELECT ${COLUMNS} ${FROM} ${NAMES} WHERE e.id = :id AND ${sql}`, { ...args, id })
  return row === undefined ? null : eventRow.parse(row)
}

/** How many events wait for somebody who may see them. */
export async function countWaitingEvents(db: Db, scope: Scope): Promise<number> {
  const { sql, args } = visibleTo(scope)
  const [counted] = await db.read(`SELECT count(*) AS total ${FROM} WHERE e.state = 'waiting' AND ${sql}`, args)
  return readTotal(counted)
}

/** A page of the events of a state a reader may see, oldest first, with the count of all. */
export async function listEvents(
  db: Db,
  scope: Scope,
  { state, limit, offset }: { state: EventRow['state']; limit: number; offset: number },
): Promise<{ total: number; rows: EventRow[] }> {
  const { sql, args } = visibleTo(scope)
  const where = `${FROM} ${NAMES} WHERE e.state = :state AND ${sql}`
  const [counted] = await db.read(`SELECT count(*) AS total ${where}`, { ...args, state })
  const rows = await db.read(`SELECT ${COLUMNS} ${where} ORDER BY e.captured_at, e.id LIMIT :limit OFFSET :offset`, {
    ...args,
    state,
    limit,
    offset,
  })
  return { total: readTotal(counted), rows: rows.map((row) => eventRow.parse(row)) }
}

/** What a person decided. `slot`: whose attendance, in which session and day, it is; null: dismissed. `now` in ms. */
export interface Decision {
  readonly by: string
  readonly note: string | null
  readonly slot: { readonly userId: string; readonly sessionId: string; readonly date: string } | null
}

/**
 * Notes a decision, after its attendance in the same batch; breaks the batch (`isConflict`) when it was decided before, or when
 * whoever is said to have been there is not recorded as present.
 */
export function decideEvent(id: string, { by, note, slot }: Decision, now: number): Statement[] {
  const isPresent = `INSERT INTO must_change (rows) SELECT EXISTS (SELECT 1 FROM absensi WHERE user_id = :userId
    AND session_id = :sessionId AND date = :date AND status IN ('hadir', 'terlambat'))`
  return [
    ...(slot === null ? [] : [{ sql: isPresent, args: { ...slot } }]),
    {
      sql: `UPDATE kiosk_events SET state = :state, decided_by = :by, decided_at = :now, note = :note,
        person_id = coalesce(:userId, person_id), absensi_id = (SELECT id FROM absensi
          WHERE user_id = :userId AND session_id = :sessionId AND date = :date)
        WHERE id = :id AND state = 'waiting'`,
      args: {
        id,
        by,
        note,
        now,
        state: slot === null ? 'dismissed' : 'resolved',
        userId: slot?.userId ?? null,
        sessionId: slot?.sessionId ?? null,
        date: slot?.date ?? null,
      },
    },
    mustChange,
  ]
}
