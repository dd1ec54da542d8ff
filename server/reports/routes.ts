import { summarize } from '../../shared/attendance/summary.ts'
import { reportsApi } from '../../shared/contract/api/reports.ts'
import type { Deps } from '../deps.ts'
import type { AppContext } from '../http/env.ts'
import { languageOf, say, type Words } from '../http/language.ts'
import type { Serve } from '../http/serve.ts'
import { todayOf } from '../timetable/day.ts'
import { type Scope, scopeOf } from '../users/scope.ts'
import type { Cache } from './cache.ts'
import { readCounts } from './counts/store.ts'
import { readDailyReport } from './daily/report.ts'
import { readDashboard, readSchoolStatistics, summarizeDays } from './dashboard.ts'
import { exportAttendances } from './export/export.ts'
import { type FileFormat, replyWithTable } from './files/reply.ts'
import { readGroups, readStudentPage, walkStudents } from './period/report.ts'
import { tableOfReport } from './period/table.ts'
import { readPeriod } from './period.ts'

/** What the files are called, before their days. */
const FILES = {
  absensi: { id: 'absensi', en: 'attendance' },
  student: { id: 'laporan_siswa', en: 'report_students' },
  kelas: { id: 'laporan_kelas', en: 'report_classes' },
  session: { id: 'laporan_sesi', en: 'report_sessions' },
} as const satisfies Record<string, Words>

const nameOf = (c: AppContext, words: Words, { from, until }: { from: string; until: string }) =>
  `${say(c, words)}_${from}_${until}`

/** Everything staff reads of attendance as a whole, within the reader's scope. `summaries` holds what may be old. */
export function serveReports(serve: Serve, deps: Deps, summaries: Cache): void {
  const { db, audit, now } = deps
  const scope = (c: AppContext) => scopeOf(db, c.get('user'))
  const cached = async <T>(c: AppContext, what: string, make: (scope: Scope) => Promise<T>): Promise<T> => {
    const within = await scope(c)
    return summaries.get(JSON.stringify([what, todayOf(deps), within]), () => make(within))
  }
  const fileOf = (c: AppContext, format: FileFormat, name: string) => ({
    ...{ format, name, madeAt: now() },
    language: languageOf(c.req.header('accept-language')),
  })
  /** Notes that a file of people was taken away: what was asked for, never who is in it. */
  const noteExport = (c: AppContext, action: string, details: Record<string, string | number | boolean | undefined>) =>
    audit.write([], {
      userId: c.get('user').id,
      action,
      entityType: 'absensi',
      details: Object.fromEntries(Object.entries(details).map(([name, value]) => [name, value ?? null])),
      ipAddress: c.get('address'),
      userAgent: c.req.header('user-agent') ?? '',
    })

  serve(reportsApi.statistics, async (c, { query }) => {
    const filter = { ...query, ...readPeriod(deps, query) }
    const rows = await readCounts(db, await scope(c), 'date', filter)
    return { from: filter.from, until: filter.until, ...summarize(rows), per_day: summarizeDays(rows) }
  })

  serve(reportsApi.dailyReport, async (c, { query }) =>
    readDailyReport(deps, await scope(c), { ...query, date: query.date ?? todayOf(deps) }),
  )

  serve(reportsApi.exportAbsensi, async (c, { query }) => {
    const filter = { ...query, ...readPeriod(deps, query) }
    const table = await exportAttendances(deps, await scope(c), filter)
    await noteExport(c, 'export_absensi', filter)
    return replyWithTable(table, fileOf(c, query.format, nameOf(c, FILES.absensi, filter)))
  })

  serve(reportsApi.dashboard, (c) => cached(c, 'dashboard', (within) => readDashboard(deps, within)))
  serve(reportsApi.schoolStatistics, (c) => cached(c, 'statistics', (within) => readSchoolStatistics(deps, within)))

  serve(reportsApi.report, async (c, { query }) => {
    const { by, below, limit, offset, format, kelas, session } = query
    const filter = { ...readPeriod(deps, query), kelas, session, below, flaggedOnly: query.flagged === 'true' }
    const within = await scope(c)
    if (format !== 'json') {
      await noteExport(c, 'export_report', { ...filter, by, format })
      const pages = by === 'student' ? walkStudents(db, within, filter) : onePage(readGroups(db, within, by, filter))
      return replyWithTable(tableOfReport(pages), fileOf(c, format, nameOf(c, FILES[by], filter)))
    }
    const head = { from: filter.from, until: filter.until, by, below, limit, offset }
    if (by === 'student') return { ...head, ...(await readStudentPage(db, within, filter, { limit, offset })) }
    const rows = await readGroups(db, within, by, filter)
    return { ...head, total: rows.length, data: rows.slice(offset, offset + limit) }
  })
}

async function* onePage<T>(rows: Promise<readonly T[]>): AsyncGenerator<readonly T[]> {
  yield await rows
}
