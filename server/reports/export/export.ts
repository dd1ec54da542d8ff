import { isPresent } from '../../../shared/attendance/present.ts'
import { createTimeOfDay } from '../../../shared/attendance/time-of-day.ts'
import { readWallClock } from '../../../shared/attendance/zone.ts'
import type { Deps } from '../../deps.ts'
import { listSessions } from '../../timetable/store.ts'
import type { Scope } from '../../users/scope.ts'
import type { Cell, Table } from '../files/table.ts'
import { type ExportedRow, type ExportFilter, listExported, listExportedMeetings } from './store.ts'

const HEADS = [
  'date',
  'nim',
  'name',
  'kelas',
  'session',
  'status',
  'time',
  'late_minutes',
  'method',
  'grade',
  'confidence',
] as const

/** Rows read in one go. */
const PAGE = 1_000

/** The attendances of students that a filter lets through: by day and session, class by class, by name. */
export async function exportAttendances(deps: Deps, scope: Scope, filter: ExportFilter): Promise<Table> {
  const names = new Map((await listSessions(deps.db, { all: true })).map(({ id, name }) => [id, name]))
  const meetings = await listExportedMeetings(deps.db, scope, filter)
  const { timeZone } = deps.config
  const timeOf = createTimeOfDay(timeZone)
  // Marked by hand on another day: the time is that of writing.
  const isKnown = ({ method, timestamp }: ExportedRow, date: string) =>
    method !== 'manual' || readWallClock(timestamp, timeZone).date === date

  async function* readPages(): AsyncGenerator<Cell[][]> {
    for (const meeting of meetings) {
      const { date, session } = meeting
      let rows: ExportedRow[]
      let after: ExportedRow | undefined
      do {
        rows = await listExported(deps.db, scope, meeting, filter, { after, limit: PAGE })
        yield rows.map((row) => {
          const came = isPresent(row.status)
          const byFace = row.method === 'face' || row.method === 'kiosk'
          return [
            date,
            row.nim,
            row.name,
            row.kelas,
            names.get(session) ?? session,
            row.status,
            came && isKnown(row, date) ? timeOf(row.timestamp) : null,
            row.lateMinutes,
            row.method,
            row.grade,
            byFace ? Math.round(row.confidence * 1000) / 1000 : null,
          ]
        })
        after = rows.at(-1)
        // Requests that wait come in between.
        await new Promise((resolve) => setImmediate(resolve))
      } while (rows.length === PAGE)
    }
  }
  return { heads: HEADS, pages: readPages() }
}
