import { useState } from 'preact/hooks'
import { isPresent } from '../../shared/attendance/present.ts'
import type { HistoryReply } from '../core/api.ts'
import { formatClock, formatDay } from '../core/clock.ts'
import { Button } from '../ui/button.tsx'
import { useTexts } from './app-context.ts'
import { shiftDay } from './month.ts'
import { StatusPill } from './status-pill.tsx'
import { useWords } from './use-words.ts'

type Row = HistoryReply['data'][number]

/** Records shown before somebody asks for more. */
const STEP = 10

/** Days a record may be called wrong (server/correction-requests). */
const DAYS_BACK = 31

interface RecordListProps {
  readonly rows: readonly Row[]
  /** YYYY-MM-DD; '' when it is not known. */
  readonly today: string
  /** `session_id date` of the requests that wait. */
  readonly asked: ReadonlySet<string>
  readonly onWrong: (row: Row) => void
}

/** What is recorded, newest first, each with "this is wrong". */
export function RecordList({ rows, today, asked, onWrong }: RecordListProps) {
  const { texts, language } = useTexts()
  const words = useWords().attendance
  const [shown, setShown] = useState(STEP)
  if (rows.length === 0) return <p class="soft">{words.noRecords}</p>
  const since = today ? shiftDay(today, -DAYS_BACK) : ''
  return (
    <>
      <ul class="list">
        {rows.slice(0, shown).map((row) => {
          const day = formatDay(row.date, language, 'short')
          return (
            <li key={row.id}>
              <div>
                <span class="row-name">{day}</span>
                <span class="soft numbers">
                  {[row.session_name, isPresent(row.status) ? formatClock(row.timestamp, language) : '']
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                {row.left_at && (
                  <span class="soft numbers">{texts.home.leftAt(formatClock(row.left_at, language))}</span>
                )}
                {row.note && <span class="soft">{row.note}</span>}
                {row.grade === 'review' && <span class="soft">{words.checked}</span>}
              </div>
              <div class="list-end">
                <StatusPill status={row.status} lateMinutes={row.late_minutes} />
                {asked.has(`${row.session_id} ${row.date}`) ? (
                  <span class="soft">{words.asked}</span>
                ) : (
                  today !== '' &&
                  row.date >= since && (
                    <Button kind="quiet" label={words.wrongOf(day)} onPress={() => onWrong(row)}>
                      {words.wrong}
                    </Button>
                  )
                )}
              </div>
            </li>
          )
        })}
      </ul>
      {rows.length > shown && (
        <Button wide onPress={() => setShown(shown + STEP)}>
          {words.more(Math.min(STEP, rows.length - shown))}
        </Button>
      )}
    </>
  )
}
