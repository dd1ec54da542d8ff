import { statusSchema } from '../../../../shared/contract/absensi.ts'
import { reportsApi } from '../../../../shared/contract/api/reports.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatDays, formatMoment, formatPercent } from '../../format.ts'
import { DataTable, Skeleton } from '../../parts/data-table.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAsk } from '../../parts/use-ask.ts'
import type { School } from '../../parts/use-school.ts'
import { common } from '../../texts.ts'
import { ShareChart } from './chart.tsx'
import { countColumns } from './count-columns.ts'
import { DayChart } from './day-chart.tsx'
import { Paper } from './paper.tsx'
import { reportTexts } from './texts.ts'

/** The last thirty days at a glance, by day and by class. */
export function SchoolReport({ school }: { school: School }) {
  const words = useWords(reportTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api } = useAdmin()
  const { data, problem, reload } = useAsk('school statistics', () => api.call(reportsApi.schoolStatistics))
  if (problem) return <ProblemLine problem={problem} onRetry={reload} />
  if (!data) return <Skeleton label={general.loading} lines={8} />
  const nameOf = ({ kelas }: { kelas: string | null }) => kelas ?? words.noClass
  const period = formatDays(data.from, data.until, language)
  return (
    <Paper school={school.name} title={`${words.title}: ${words.school}`} about={[period]}>
      <section class="panel">
        <header class="panel-head">
          <h2>{period}</h2>
          <span class="muted screen-only">{words.asOf(formatMoment(data.as_of, language))}</span>
          <strong class="share numbers">
            {words.share} {formatPercent(data.percentage, language)}
          </strong>
        </header>
        <dl class="tiles">
          {statusSchema.options.map((status) => (
            <div key={status} class={`tile ${status}`}>
              <dt>{general.status[status]}</dt>
              <dd class="numbers">{formatCount(data[status], language)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <DayChart days={data.per_day} />
      <section class="panel">
        <h2>{words.byClass}</h2>
        {data.per_kelas.length > 0 && <ShareChart label={words.byClass} rows={data.per_kelas} nameOf={nameOf} />}
        <DataTable
          caption={words.byClass}
          dense
          rows={data.per_kelas}
          keyOf={({ kelas }) => kelas ?? ''}
          empty={{ title: words.nothing }}
          columns={[
            { key: 'kelas', title: words.kelas, cell: nameOf },
            ...countColumns<(typeof data.per_kelas)[number]>(language),
          ]}
        />
      </section>
    </Paper>
  )
}
