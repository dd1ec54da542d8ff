import { instantOnWall, readWallClock } from '../../shared/attendance/zone.ts'
import { auditApi } from '../../shared/contract/api/audit.ts'
import type { Deps } from '../deps.ts'
import type { Serve } from '../http/serve.ts'
import { readKeptHead } from './head.ts'
import { findPlace, listAudit } from './store.ts'
import { verifyAudit } from './verify.ts'

const DAY_MS = 86_400_000

/** `/admin/audit`: who did what, and whether nobody has touched the record. */
export function serveAudit(serve: Serve, deps: Deps): void {
  const { db, config } = deps
  const startOf = (date: string) => instantOnWall(date, '00:00', config.timeZone)
  /** The start of the day after: 36 hours on is that day in every zone, whatever the clocks do. */
  const endOf = (date: string) => startOf(new Date(Date.parse(date) + 1.5 * DAY_MS).toISOString().slice(0, 10))

  serve(auditApi.list, async (_, { query: { limit, offset, from, until, ...rest } }) => {
    const filter = {
      ...rest,
      from: from === undefined ? undefined : startOf(from),
      // The last day that can be written has no day after it.
      until: until === undefined || until === '9999-12-31' ? undefined : endOf(until),
    }
    const { total, data } = await listAudit(db, filter, { limit, offset })
    // On the school's wall, as the days of the filter are.
    const shown = data.map((line) => ({
      ...line,
      created_at: readWallClock(Date.parse(line.created_at), config.timeZone).iso,
    }))
    return { total, data: shown, limit, offset }
  })

  serve(auditApi.verify, async () => {
    const { lines, brokenAt } = await verifyAudit(deps)
    // A whole chain has just had its head signed and kept.
    const head = readKeptHead(deps.keyRing)
    return {
      whole: brokenAt === null,
      lines,
      broken_at: brokenAt,
      // With a head that is not ours it is no line that was touched.
      broken_place: brokenAt === null || head === 'unreadable' ? null : await findPlace(db, brokenAt),
      head: brokenAt !== null || head === 'unreadable' ? null : head,
    }
  })
}
