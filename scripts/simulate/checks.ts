import { z } from 'zod'
import { COUNTER } from '../../client/outbox/event-store.ts'
import { type KioskDatabase, openKioskDatabase } from '../../client/outbox/kiosk-database.ts'
import type { Scene } from './door.ts'
import type { Visit } from './ledger.ts'
import type { Tablet } from './tablet.ts'
import { createLife } from './world.ts'

const SLACK_MS = 60_000
const FOREVER = createLife()

/** The day in Jakarta. */
const dayOf = (ms: number) => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 10)

const serverRow = z.object({
  kiosk_id: z.string(),
  // Without de-duplication something stands behind it (run.ts).
  event_id: z.string().transform((id) => id.slice(0, 36)),
  counter: z.number().nullable(),
  captured_at: z.number(),
  received_at: z.number(),
  trusted: z.number(),
  result: z.string(),
  reasons: z.string(),
  state: z.string(),
  person_id: z.string().nullable(),
  absensi_id: z.string().nullable(),
  grade: z.string().nullable(),
})
type ServerRow = z.infer<typeof serverRow>
const attendanceRow = z.object({ user_id: z.string(), date: z.string(), times: z.number() })

/** What holds at any moment, looked at when a day is over. */
export interface Checks {
  /** @param atEnd the network is back and everything was sent: nothing may wait any more */
  run(atEnd: boolean): Promise<void>
  close(): void
}

/** @param tablets all there are, also those that come later */
export function createChecks({ ledger, host }: Scene, tablets: readonly Tablet[]): Checks {
  const { visits, receipts, shutOut, problems } = ledger
  const databases = new Map<Tablet, KioskDatabase>()
  /** Events that are receipted, deleted and known to the server: looked at once. */
  const done = new Set<string>()
  /** By the kiosk's key: the event of each counter seen, and how far they were looked at. */
  const counters = new Map<string, Map<number, string>>()
  const complete = new Map<string, number>()

  function count(kiosk: string, counter: number, id: string): void {
    const seen = counters.get(kiosk) ?? new Map<number, string>()
    counters.set(kiosk, seen)
    const known = seen.get(counter)
    if (known !== undefined && known !== id) problems.push(`kiosk ${kiosk}: two events numbered ${counter}`)
    seen.set(counter, id)
  }

  async function checkOutbox(tablet: Tablet, atEnd: boolean): Promise<Set<string>> {
    const database = databases.get(tablet) ?? openKioskDatabase(tablet.profile.options(FOREVER))
    databases.set(tablet, database)
    const [rows, results, state] = await database.transaction('r', ['events', 'results', 'state'], async () => [
      await database.events.toArray(),
      await database.results.toArray(),
      await database.state.where('name').startsWith(COUNTER).toArray(),
    ])
    for (const { device, counter, id, state } of rows) {
      count(device, counter, id)
      if (!visits.has(id)) problems.push(`kiosk ${device}: nobody made event ${id}`)
      if (device !== tablet.device.id) problems.push(`event ${id} waits, and the key that could send it is gone`)
      if (state === 'aside') problems.push(`event ${id} was set aside`)
      if (atEnd) problems.push(`event ${id} (${counter}) is still waiting`)
    }
    for (const { device, counter, id, result } of results) {
      count(device, counter, id)
      if (receipts.get(id)?.result !== result) problems.push(`event ${id}: the kiosk took ${result} for its result`)
    }
    for (const { name, value } of state) {
      const kiosk = name.slice(COUNTER.length)
      for (let n = (complete.get(kiosk) ?? 0) + 1; n <= Number(value); n++)
        if (!counters.get(kiosk)?.has(n)) problems.push(`kiosk ${kiosk}: no event numbered ${n}`)
      complete.set(kiosk, Number(value))
    }
    return new Set(rows.map(({ id }) => id))
  }

  function checkVisit(one: Visit, waits: boolean, row: ServerRow | undefined): void {
    const receipt = receipts.get(one.id)
    if (receipt === undefined) {
      if (one.saved && !waits) problems.push(`event ${one.id} was saved and is lost`)
      return
    }
    if (row === undefined) {
      problems.push(`event ${one.id} has a receipt and no row`)
      return
    }
    if (row.result !== receipt.result) problems.push(`event ${one.id}: receipt ${receipt.result}, row ${row.result}`)
    const wasShut = row.received_at - (shutOut.get(one.device) ?? Number.POSITIVE_INFINITY)
    const isForReview = row.reasons.startsWith('["kiosk_revoked"')
    if (wasShut < 0 && isForReview) problems.push(`event ${one.id}: came before its kiosk was shut out`)
    if (wasShut > 0 && !(isForReview && row.result === 'review' && row.state === 'waiting' && row.absensi_id === null))
      problems.push(`event ${one.id} came after its kiosk was shut out, and is ${row.result}, ${row.state}`)
    const marked = row.result === 'hadir' || row.result === 'terlambat'
    if (row.trusted === 1 && Math.abs(row.captured_at - one.at) > SLACK_MS)
      problems.push(`event ${one.id}: captured at ${row.captured_at}, truly at ${one.at}`)
    if (marked && !one.anchored) problems.push(`event ${one.id}: the time was not known, and is not reviewed`)
    if (marked && !isRecognisable(one)) problems.push(`event ${one.id}: marked under a name that is not theirs`)
    // A repeat has the grade of the first, also one that waits; what was recorded by this very event has its own.
    const isDoubted = row.result === 'review' && row.absensi_id !== null && row.state === 'done'
    const grade = marked ? 'provisional' : isDoubted ? 'review' : row.grade
    if (row.grade !== grade) problems.push(`event ${one.id}: ${row.result} is graded ${row.grade}`)
    if (receipt.reason === 'counter_gap' || receipt.reason === 'counter_clash')
      problems.push(`event ${one.id}: ${receipt.reason}, and the kiosk counts without a gap`)
    if (row.result === 'bad') problems.push(`event ${one.id} could not be read: ${receipt.reason}`)
    if (!waits) done.add(one.id)
  }

  /** Every attendance has its visit, every visit that nothing is wrong with its attendance, one a day. */
  async function checkAttendance(): Promise<void> {
    const { db } = host.server().deps
    const rows = await db.read(
      "SELECT user_id, date, count(*) AS times FROM absensi WHERE method = 'kiosk' GROUP BY user_id, date",
    )
    const marked = new Map<string, number>()
    for (const row of rows) {
      const { user_id, date, times } = attendanceRow.parse(row)
      marked.set(`${user_id} ${date}`, times)
      if (times !== 1) problems.push(`${times} attendances of ${user_id} on ${date}`)
    }
    const came = new Set<string>()
    const recorded = new Map<string, number>()
    for (const one of visits.values()) {
      const receipt = receipts.get(one.id)
      // Nothing of a kiosk that was shut out marks anybody.
      if (one.pupil === null || receipt === undefined || receipt.reason === 'kiosk_revoked') continue
      const day = `${one.pupil.id} ${receipt.time?.slice(0, 10)}`
      came.add(day)
      if (receipt.result === 'hadir' || receipt.result === 'terlambat') recorded.set(day, (recorded.get(day) ?? 0) + 1)
      if (isRecognisable(one) && !marked.has(day))
        problems.push(`event ${one.id}: ${receipt.result} (${receipt.reason}), and no attendance of ${day}`)
      // Whatever the kiosk's clock said: called a repeat, and not there on the day on which they really came.
      if (isRecognisable(one) && receipt.result === 'already' && !marked.has(`${one.pupil.id} ${dayOf(one.at)}`))
        problems.push(`event ${one.id}: already, and no attendance of ${dayOf(one.at)}`)
    }
    for (const [day, times] of recorded) if (times > 1) problems.push(`${times} events recorded ${day}`)
    for (const day of marked.keys()) if (!came.has(day)) problems.push(`an attendance without a visit: ${day}`)
  }

  /** With a kiosk that is shut out its leases end. */
  async function checkLeases(): Promise<void> {
    const { db, now } = host.server().deps
    for (const [kiosk, at] of shutOut) {
      const [row] = await db.read(
        `SELECT count(*) AS alive FROM tickets WHERE device_id = ? AND lease_id IS NOT NULL AND spent_at IS NULL
          AND expires_at > ?`,
        [kiosk, Math.max(at, now())],
      )
      if (row?.alive !== 0) problems.push(`kiosk ${kiosk} was shut out, and ${row?.alive} of its leases live`)
    }
  }

  /** Nothing stands against recognising them under the name they gave. */
  function isRecognisable({ pupil, nim, kiosk }: Visit): boolean {
    return pupil !== null && pupil.kiosk === kiosk && (nim === null || nim === pupil.nim)
  }

  return {
    async run(atEnd) {
      const waiting = new Set<string>()
      const found = await host.server().deps.db.read(
        `SELECT e.kiosk_id, e.event_id, e.counter, e.captured_at, e.received_at, e.trusted, e.result, e.reasons, e.state,
          e.person_id, e.absensi_id, a.grade
          FROM kiosk_events e LEFT JOIN absensi a ON a.id = e.absensi_id ORDER BY e.received_at, e.id`,
      )
      const read = found.map((row) => serverRow.parse(row))
      for (const { event_id, kiosk_id, counter } of read) if (counter !== null) count(kiosk_id, counter, event_id)
      for (const tablet of tablets) for (const id of await checkOutbox(tablet, atEnd)) waiting.add(id)
      const rows = new Map<string, ServerRow>()
      for (const row of read) {
        if (rows.has(row.event_id)) problems.push(`the server took ${row.event_id} in twice`)
        if (!visits.has(row.event_id)) problems.push(`the server knows ${row.event_id}, which nobody made`)
        if (row.kiosk_id !== visits.get(row.event_id)?.device)
          problems.push(`event ${row.event_id} is kept under another kiosk`)
        rows.set(row.event_id, row)
      }
      for (const one of visits.values()) if (!done.has(one.id)) checkVisit(one, waiting.has(one.id), rows.get(one.id))
      await checkAttendance()
      await checkLeases()
    },
    close: () => {
      for (const database of databases.values()) database.close()
    },
  }
}
