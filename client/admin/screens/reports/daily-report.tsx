import type { z } from 'zod'
import { reportsApi } from '../../../../shared/contract/api/reports.ts'
import type { dailyReportReply, PersonDay } from '../../../../shared/contract/reports.ts'
import { formatDay, formatTime } from '../../../core/clock.ts'
import { useStore } from '../../../core/store.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatPercent } from '../../format.ts'
import { StatusBadge } from '../../parts/badges.tsx'
import { DataTable, Skeleton } from '../../parts/data-table.tsx'
import { DayFilter } from '../../parts/date-input.tsx'
import { KelasField } from '../../parts/kelas-field.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { SessionField } from '../../parts/session-field.tsx'
import { COUNTED, StatusTiles } from '../../parts/status-tiles.tsx'
import { useAsk } from '../../parts/use-ask.ts'
import type { School } from '../../parts/use-school.ts'
import { addressOf } from '../../router.ts'
import { common } from '../../texts.ts'
import { GroupChart } from './chart.tsx'
import { countColumns } from './count-columns.ts'
import { Downloads } from './download.tsx'
import { Paper } from './paper.tsx'
import { reportTexts } from './texts.ts'

type Daily = z.output<typeof dailyReportReply>

/** Names in each list; more are found by class. */
const NAMES = 100

function People({ title, people }: { title: string; people: readonly PersonDay[] }) {
  const words = useWords(reportTexts)
  const language = useLanguage()
  return (
    <section class="panel">
      <h2>{title}</h2>
      <DataTable
        caption={title}
        rows={people}
        keyOf={({ user_id }) => user_id}
        empty={{ title: words.nobody }}
        columns={[
          {
            key: 'name',
            title: words.name,
            cell: ({ user_id, name }) => <a href={addressOf(['students', user_id])}>{name}</a>,
          },
          { key: 'nim', title: words.nim, cell: ({ nim }) => <span class="numbers">{nim}</span> },
          { key: 'kelas', title: words.kelas, cell: ({ kelas }) => kelas ?? '–' },
          { key: 'status', title: words.status, cell: ({ status }) => <StatusBadge status={status ?? 'belum'} /> },
          { key: 'time', title: words.time, cell: ({ time }) => (time === null ? '–' : formatTime(time, language)) },
        ]}
      />
      {people.length >= NAMES && <p class="hint">{words.firstOf(String(NAMES))}</p>}
    </section>
  )
}

function Classes({ daily }: { daily: Daily }) {
  const words = useWords(reportTexts)
  const general = useWords(common)
  const language = useLanguage()
  const counted = countColumns<Daily['kelas'][number]>(language)
  // As in the tiles and the chart.
  const place = COUNTED.indexOf('belum')
  const nameOf = ({ kelas }: { kelas: string | null }) => kelas ?? words.noClass
  return (
    <section class="panel">
      <h2>{words.statuses}</h2>
      <GroupChart label={words.statuses} rows={daily.kelas} nameOf={nameOf} />
      <DataTable
        caption={words.statuses}
        dense
        rows={daily.kelas}
        keyOf={({ kelas }) => kelas ?? ''}
        columns={[
          { key: 'kelas', title: words.kelas, cell: nameOf },
          {
            key: 'students',
            title: words.students,
            numeric: true,
            cell: ({ students }) => formatCount(students, language),
          },
          ...counted.slice(0, place),
          {
            key: 'belum',
            title: general.status.belum,
            numeric: true,
            cell: ({ belum }) => formatCount(belum, language),
          },
          ...counted.slice(place),
        ]}
      />
    </section>
  )
}

function Shown({ daily }: { daily: Daily }) {
  const words = useWords(reportTexts)
  const language = useLanguage()
  const { meets, holiday, state, name } = daily.session
  return (
    <>
      <section class="panel">
        <header class="panel-head">
          <h2>{name}</h2>
          <span class="pill">
            {meets ? words.state[state] : holiday === null ? words.noMeeting : words.holiday(holiday)}
          </span>
          <strong class="share numbers">
            {words.share} {formatPercent(daily.percentage, language)}
          </strong>
        </header>
        <StatusTiles counts={daily} />
      </section>
      {daily.kelas.length > 0 && <Classes daily={daily} />}
      <People title={words.late} people={daily.late} />
      <People title={words.absent} people={daily.absent} />
      {daily.not_yet.length > 0 && <People title={words.notYet} people={daily.not_yet} />}
    </>
  )
}

/** One session's day: by class, who was late, who is absent. */
export function DailyReport({ school }: { school: School }) {
  const words = useWords(reportTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api, router } = useAdmin()
  const { filters } = useStore(router)
  const { date = school.date, kelas = '', session = '' } = filters
  const query = { date, kelas, session }
  const { data, problem, reload, isCurrent } = useAsk(JSON.stringify(query), () =>
    api.call(reportsApi.dailyReport, { query: { ...query, limit: NAMES } }),
  )
  const range = { from: date, until: date, kelas, session: session || (isCurrent ? data?.session.id : undefined) }
  const records = (format: 'csv' | 'xlsx') => ({
    text: format === 'csv' ? words.csvRecords : words.xlsxRecords,
    row: reportsApi.exportAbsensi,
    query: range,
    format,
  })
  return (
    <>
      <div class="filters">
        <DayFilter label={words.date} value={date} name="date" />
        <SessionField sessions={school.sessions} shown={data?.session.id ?? ''} />
        <KelasField
          label={words.kelas}
          all={general.all}
          value={kelas}
          onChange={(value) => router.filter({ kelas: value })}
        />
      </div>
      {problem && <ProblemLine problem={problem} onRetry={reload} />}
      {data && isCurrent ? (
        <Paper
          school={school.name}
          title={`${words.title}: ${words.daily}`}
          about={[formatDay(data.date, language), data.session.name, kelas || words.allClasses]}
        >
          <Shown daily={data} />
        </Paper>
      ) : (
        !problem && <Skeleton label={general.loading} lines={8} />
      )}
      <Downloads offered={[records('csv'), records('xlsx')]} />
    </>
  )
}
