import { useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatDate, formatShortDay } from '../../format.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { TimeChart } from './chart.tsx'
import { countColumns } from './count-columns.ts'
import { type DayCounts, groupDays } from './group-days.ts'
import { reportTexts } from './texts.ts'

/** Statuses over the days of a period, and the same figures in a table. */
export function DayChart({ days }: { days: readonly DayCounts[] }) {
  const words = useWords(reportTexts)
  const language = useLanguage()
  const { by, rows } = groupDays(days)
  const label = by === 'day' ? words.days : words.weeks
  if (rows.length === 0) return null
  return (
    <section class="panel" data-testid="day-chart">
      <h2>{label}</h2>
      <TimeChart label={label} rows={rows} nameOf={({ date }) => formatShortDay(date, language)} />
      <details>
        <summary>{words.figures}</summary>
        <DataTable
          caption={label}
          dense
          rows={rows}
          keyOf={({ date }) => date}
          columns={[
            {
              key: 'date',
              title: by === 'day' ? words.day : words.week,
              cell: ({ date }) => formatDate(date, language),
            },
            ...countColumns<DayCounts>(language),
            { key: 'total', title: words.total, numeric: true, cell: ({ total }) => formatCount(total, language) },
          ]}
        />
      </details>
    </section>
  )
}
