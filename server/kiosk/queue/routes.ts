import { readWallClock } from '../../../shared/attendance/zone.ts'
import { kioskEventsApi } from '../../../shared/contract/api/kiosk-events.ts'
import type { StaffEvent } from '../../../shared/contract/kiosk-events.ts'
import type { Deps } from '../../deps.ts'
import type { Serve } from '../../http/serve.ts'
import { scopeOf } from '../../users/scope.ts'
import { resolveEvent } from './resolve.ts'
import { type EventRow, listEvents } from './store.ts'

/** `/kiosk/events`, as staff see it: what a person has to look at. */
export function serveKioskQueue(serve: Serve, deps: Deps): void {
  const { db, config } = deps

  serve(kioskEventsApi.list, async (c, { query }) => {
    const { total, rows } = await listEvents(db, await scopeOf(db, c.get('user')), query)
    const data = rows.map((row) => describeEvent(row, config.timeZone))
    return { total, limit: query.limit, offset: query.offset, data }
  })

  serve(kioskEventsApi.resolve, async (c, { params: { id }, body }) => {
    const row = await resolveEvent(deps, c.get('user'), id, { request: body, ipAddress: c.get('address') })
    return { event: describeEvent(row, config.timeZone) }
  })
}

function describeEvent(row: EventRow, timeZone: string): StaffEvent {
  const iso = (time: number) => readWallClock(time, timeZone).iso
  const student = (who: 'claim' | 'person') => {
    const [id, nim, name] = [row[`${who}_id`], row[`${who}_nim`], row[`${who}_name`]]
    return id === null || nim === null || name === null ? null : { id, nim, name, kelas: row[`${who}_kelas`] }
  }
  return {
    id: row.id,
    kiosk: { id: row.kiosk_id, label: row.label, room: row.room },
    captured_at: iso(row.captured_at),
    received_at: iso(row.received_at),
    time_trusted: row.trusted,
    result: row.result,
    reasons: row.reasons,
    nim: row.nim,
    claim: student('claim'),
    person: student('person'),
    state: row.state,
    absensi_id: row.absensi_id,
    decided_by: row.decided_by === null ? null : { id: row.decided_by, name: row.decided_name },
    decided_at: row.decided_at === null ? null : iso(row.decided_at),
    note: row.note,
  }
}
