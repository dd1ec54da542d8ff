import { isPresent } from '../../shared/attendance/present.ts'
import { sumDays } from '../../shared/attendance/summary.ts'
import { createTimeOfDay } from '../../shared/attendance/time-of-day.ts'
import { publicApi } from '../../shared/contract/api/public.ts'
import { nimSchema } from '../../shared/contract/auth.ts'
import type { Deps } from '../deps.ts'
import type { AppContext } from '../http/env.ts'
import { refuse } from '../http/problem.ts'
import type { Serve } from '../http/serve.ts'
import type { Cache } from '../reports/cache.ts'
import { readClassDays } from '../reports/daily/report.ts'
import { findSessionDay } from '../reports/daily/session-day.ts'
import { readSchoolSettings } from '../settings/store.ts'
import { todayOf } from '../timetable/day.ts'
import { maskName, type Sight, sightOf } from './sight.ts'
import { type DayOfNim, listDaysOfNim, listLatest } from './store.ts'

const SCHOOL = { kind: 'all' } as const

/** `/public`: counts for everybody; of people what the school's setting shows. `counts` remembers the counts for a moment. */
export function servePublic(serve: Serve, deps: Deps, counts: Cache): void {
  const { db, config } = deps
  const timeOf = createTimeOfDay(config.timeZone)
  const sight = async (c: AppContext) => sightOf(await readSchoolSettings(db), { address: c.get('address') })
  const today = () => {
    const date = todayOf(deps)
    return counts.get(`today ${date}`, async () => {
      const session = await findSessionDay(deps, { date })
      return { date, ...sumDays(await readClassDays(deps, SCHOOL, session)) }
    })
  }
  const latest = (date: string, limit: number) =>
    counts.get(`latest ${date} ${limit}`, () => listLatest(db, date, limit))
  const named = (name: string, seen: Sight) => (seen === 'everything' ? name : maskName(name))
  const describe = ({ date, session, status, timestamp }: DayOfNim) => ({
    date,
    session,
    status,
    time: isPresent(status) ? timeOf(timestamp) : null,
  })
  /** The days of a NIM as the caller may see them; a NIM that cannot be one is like an unknown one. */
  const lookUp = async (c: AppContext, nim: string, range: Parameters<typeof listDaysOfNim>[2]) => {
    const seen = await sight(c)
    if (seen === 'nothing') refuse('not_found')
    const parsed = nimSchema.safeParse(nim)
    const days = parsed.success ? await listDaysOfNim(db, parsed.data, range) : []
    const [first] = days
    return { name: first === undefined ? null : named(first.userName, seen), days: days.map(describe) }
  }

  serve(publicApi.todayStats, () => today())

  serve(publicApi.latest, async (c, { query }) => {
    const seen = await sight(c)
    const { date, hadir, terlambat } = await today()
    const rows = seen === 'nothing' ? [] : await latest(date, query.limit)
    return {
      date,
      count: hadir + terlambat,
      data: rows.map(({ name, kelas, status, timestamp }) => ({
        name: named(name, seen),
        kelas,
        status,
        time: timeOf(timestamp),
      })),
    }
  })

  serve(publicApi.history, async (c, { params: { nim }, query }) => {
    const until = query.until ?? todayOf(deps)
    const { name, days } = await lookUp(c, nim, { from: '0000-01-01', until, limit: query.limit })
    return { nim, name, data: days }
  })

  serve(publicApi.checkStatus, async (c, { params: { nim } }) => {
    const date = todayOf(deps)
    const { name, days } = await lookUp(c, nim, { from: date, until: date, limit: 50 })
    return {
      nim,
      name,
      date,
      has_attended: days.some(({ status }) => isPresent(status)),
      absensi: days,
    }
  })
}
