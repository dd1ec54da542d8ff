import { z } from 'zod'
import { type KioskDatabase, openKioskDatabase } from '../../client/outbox/kiosk-database.ts'
import { readWallClock } from '../../shared/attendance/zone.ts'
import type { Door, Scene } from './door.ts'
import type { Visit } from './ledger.ts'

const ZONE = 'Asia/Jakarta'
const dateOf = (time: number) => readWallClock(time, ZONE).iso.slice(0, 10)
const SLACK_MS = 60_000

const serverRow = z.object({
  kiosk_id: z.string(),
  event_id: z.string(),
  counter: z.number().nullable(),
  captured_at: z.number(),
  trusted: z.number(),
  result: z.string(),
  person_id: z.string().nullable(),
})
type ServerRow = z.infer<typeof serverRow>
const attendanceRow = z.object({ user_id: z.string(), date: z.string(), times: z.number() })

/** What holds at any moment, looked at when a day is over. */
export interface Checks {
  /** @param atEnd the network is back and everything was sent: nothing may wait any more */
  run(atEnd: boolean): Promise<void>
  close(): void
}

export function createChecks(scene: Scene, doors: readonly Door[]): Checks {
  const { ledger, host, school } = scene
  const { visits, receipts, problems } = ledger
  const databases = doors.map(({ tablet }) => openKioskDatabase(tablet.profile.options))
  /** Events that are receipted, deleted and known to the server: looked at once. */
  const done = new Set<string>()
  /** By kiosk: the event of each counter seen, and how far they were looked at. */
  const counters = doors.map(() => new Map<number, string>())
  const complete = doors.map(() => 0)

  function count(door: Door, counter: number, id: string): void {
    const known = counters[door.index]?.get(counter)
    if (known !== undefined && known !== id) problems.push(`kiosk ${door.index}: two events numbered ${counter}`)
    counters[door.index]?.set(counter, id)
  }

  async function checkOutbox(door: Door, database: KioskDatabase, atEnd: boolean): Promise<Set<string>> {
    const [rows, results, last] = await database.transaction('r', ['events', 'results', 'state'], async () => [
      await database.events.toArray(),
      await database.results.toArray(),
      Number((await database.state.get(`counter:${door.tablet.device.id}`))?.value ?? 0),
    ])
    for (const { counter, id, state } of rows) {
      count(door, counter, id)
      if (!visits.has(id)) problems.push(`kiosk ${door.index}: nobody made event ${id}`)
      if (state === 'aside') problems.push(`event ${id} was set aside`)
      if (atEnd) problems.push(`event ${id} (${counter}) is still waiting`)
    }
    for (const { counter, id, result } of results) {
      count(door, counter, id)
      if (receipts.get(id)?.result !== result) problems.push(`event ${id}: the kiosk took ${result} for its result`)
    }
    for (let n = (complete[door.index] ?? 0) + 1; n <= last; n++)
      if (!counters[door.index]?.has(n)) problems.push(`kiosk ${door.index}: no event numbered ${n}`)
    complete[door.index] = last
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
    const marked = row.result === 'hadir' || row.result === 'terlambat'
    if (row.trusted === 1 && Math.abs(row.captured_at - one.at) > SLACK_MS)
      problems.push(`event ${one.id}: captured at ${row.captured_at}, truly at ${one.at}`)
    if (marked && !one.anchored) problems.push(`event ${one.id}: the time was not known, and is not reviewed`)
    if (marked && !isRecognisable(one)) problems.push(`event ${one.id}: marked under a name that is not theirs`)
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
      if (one.pupil === null || receipt === undefined) continue
      const day = `${one.pupil.id} ${dateOf(one.at)}`
      came.add(day)
      if (receipt.result === 'hadir' || receipt.result === 'terlambat') recorded.set(day, (recorded.get(day) ?? 0) + 1)
      if (isRecognisable(one) && one.anchored && receipt.result !== 'review' && !marked.has(day))
        problems.push(`event ${one.id}: ${receipt.result}, and no attendance of ${day}`)
    }
    for (const [day, times] of recorded) if (times > 1) problems.push(`${times} events recorded ${day}`)
    for (const day of marked.keys())
      if (!came.has(day) && !reviewed(day)) problems.push(`an attendance without a visit: ${day}`)
  }

  /** A doubtful time may name another day: the row of that day is then one to be reviewed. */
  const reviewed = (day: string) =>
    [...visits.values()].some(({ id, pupil }) => {
      const receipt = receipts.get(id)
      return receipt?.result === 'review' && day === `${pupil?.id} ${receipt.time?.slice(0, 10)}`
    })

  /** Nothing stands against recognising them under the name they gave. */
  function isRecognisable({ pupil, nim, kiosk }: Visit): boolean {
    return pupil !== null && pupil.kiosk === kiosk && (nim === null || nim === pupil.nim)
  }

  return {
    async run(atEnd) {
      const waiting = new Set<string>()
      for (const door of doors) {
        const database = databases[door.index]
        if (database === undefined) continue
        for (const id of await checkOutbox(door, database, atEnd)) waiting.add(id)
      }
      const rows = new Map<string, ServerRow>()
      const read = await host.server().deps.db.read(
        `SELECT kiosk_id, event_id, counter, captured_at, trusted, result, person_id FROM kiosk_events
          ORDER BY received_at, id`,
      )
      for (const row of read.map((one) => serverRow.parse(one))) {
        if (rows.has(row.event_id)) problems.push(`the server took ${row.event_id} in twice`)
        if (!visits.has(row.event_id)) problems.push(`the server knows ${row.event_id}, which nobody made`)
        if (row.kiosk_id !== school.kiosks[visits.get(row.event_id)?.kiosk ?? -1]?.id)
          problems.push(`event ${row.event_id} is kept under another kiosk`)
        rows.set(row.event_id, row)
      }
      for (const one of visits.values()) if (!done.has(one.id)) checkVisit(one, waiting.has(one.id), rows.get(one.id))
      await checkAttendance()
    },
    close: () => {
      for (const database of databases) database.close()
    },
  }
}
