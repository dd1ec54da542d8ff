import type { ReportRow } from '../../../../shared/contract/reports.ts'
import { useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatPercent } from '../../format.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { addressOf } from '../../router.ts'
import { countColumns } from './count-columns.ts'
import type { Group } from './period-filters.tsx'
import { reportTexts } from './texts.ts'

interface GroupTableProps {
  readonly by: Group
  readonly rows: readonly ReportRow[]
  /** Per cent below which a row needs attention. */
  readonly below: number
}

/** A period's rows: classes, students or sessions, with what needs attention. */
export function GroupTable({ by, rows, below }: GroupTableProps) {
  const words = useWords(reportTexts)
  const language = useLanguage()
  const limit = formatPercent(below, language)
  const student: Column<ReportRow>[] = [
    { key: 'nim', title: words.nim, cell: ({ nim }) => <span class="numbers">{nim ?? '–'}</span> },
    { key: 'kelas', title: words.kelas, cell: ({ kelas }) => kelas ?? '–' },
  ]
  return (
    <DataTable
      caption={words.per[by]}
      dense
      rows={rows}
      keyOf={({ id }) => id}
      empty={{ title: words.nothing, body: words.nothingBody }}
      columns={[
        {
          key: 'name',
          title: words.per[by],
          cell: ({ id, name }) =>
            by === 'student' ? <a href={addressOf(['students', id])}>{name}</a> : name || words.noClass,
        },
        ...(by === 'student' ? student : []),
        ...countColumns<ReportRow>(language),
        {
          key: 'minutes',
          title: words.lateMinutes,
          numeric: true,
          cell: ({ late_minutes }) => formatCount(late_minutes, language),
        },
        {
          key: 'flags',
          title: words.notes,
          cell: ({ is_below, three_absences }) => (
            <>
              {is_below && <span class="badge bad">{words.isBelow(limit)}</span>}{' '}
              {three_absences && <span class="badge review">{words.threeAbsences}</span>}
            </>
          ),
        },
      ]}
    />
  )
}
