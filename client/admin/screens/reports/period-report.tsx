import type { z } from 'zod'
import { reportsApi } from '../../../../shared/contract/api/reports.ts'
import type { reportReply } from '../../../../shared/contract/reports.ts'
import { useStore } from '../../../core/store.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatDays } from '../../format.ts'
import { Skeleton } from '../../parts/data-table.tsx'
import { Pager } from '../../parts/pager.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAsk } from '../../parts/use-ask.ts'
import type { School } from '../../parts/use-school.ts'
import { common } from '../../texts.ts'
import { ShareChart } from './chart.tsx'
import { DayChart } from './day-chart.tsx'
import { Downloads, type Offered } from './download.tsx'
import { GroupTable } from './group-table.tsx'
import { Paper } from './paper.tsx'
import { periodOf } from './period.ts'
import { GROUPS, type Group, PeriodFilters, USUAL_LIMIT } from './period-filters.tsx'
import { reportTexts } from './texts.ts'

/** Rows at once: every class of most schools, and a sheet or two of students. */
const PAGE = 100

type Report = z.output<typeof reportReply>

function Rows({ report, by }: { report: Report; by: Group }) {
  const words = useWords(reportTexts)
  const language = useLanguage()
  const { total, limit, offset, data, below } = report
  const title = by === 'kelas' ? words.byClass : by === 'session' ? words.bySession : words.per.student
  const [first, last] = [offset + 1, offset + data.length].map((place) => formatCount(place, language))
  return (
    <section class="panel">
      <h2>{title}</h2>
      {by !== 'student' && data.length > 0 && (
        <ShareChart label={title} rows={data} nameOf={({ name }) => name || words.noClass} />
      )}
      <GroupTable by={by} rows={data} below={below} />
      {total > data.length && (
        <p class="paper-only">{words.page(first ?? '', last ?? '', formatCount(total, language))}</p>
      )}
      <Pager total={total} limit={limit} offset={offset} />
    </section>
  )
}

/** A period by class, student or session: its days, its groups, who needs attention. */
export function PeriodReport({ school }: { school: School }) {
  const words = useWords(reportTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api, router } = useAdmin()
  const { filters } = useStore(router)
  const usual = periodOf('month', school.date)
  const { from = usual.from, until = usual.until, kelas = '', session = '', below = USUAL_LIMIT } = filters
  const by = GROUPS.find((group) => group === filters.by) ?? 'kelas'
  const flagged = by === 'student' && filters.flagged === 'true'
  const range = { from, until, kelas, session }
  const rows = { ...range, by, below, flagged: flagged ? 'true' : '' }
  const offset = Number(filters.offset) || 0
  const days = useAsk(JSON.stringify(range), () => api.call(reportsApi.statistics, { query: range }))
  const report = useAsk(JSON.stringify([rows, offset]), () =>
    api.call(reportsApi.report, { query: { ...rows, limit: PAGE, offset } }),
  )
  const problem = report.problem ?? days.problem
  const title = `${words.title}: ${words.per[by]}`
  const sessionName = school.sessions.find(({ id }) => id === session)?.name ?? words.allSessions
  const period = formatDays(from, until, language)
  const offered: readonly Offered[] = [
    { text: words.csvReport, row: reportsApi.report, query: rows, format: 'csv' },
    { text: words.xlsxReport, row: reportsApi.report, query: rows, format: 'xlsx' },
    { text: words.csvRecords, row: reportsApi.exportAbsensi, query: range, format: 'csv' },
    { text: words.xlsxRecords, row: reportsApi.exportAbsensi, query: range, format: 'xlsx' },
  ]
  const reload = () => {
    days.reload()
    report.reload()
  }
  return (
    <>
      <PeriodFilters school={school} period={{ from, until }} by={by} />
      {problem && <ProblemLine problem={problem} onRetry={reload} />}
      {report.data && days.data && report.isCurrent && days.isCurrent ? (
        <Paper school={school.name} title={title} about={[period, kelas || words.allClasses, sessionName]}>
          <DayChart days={days.data.per_day} />
          <Rows report={report.data} by={report.data.by} />
        </Paper>
      ) : (
        !problem && <Skeleton label={general.loading} lines={8} />
      )}
      <Downloads offered={offered} />
    </>
  )
}
