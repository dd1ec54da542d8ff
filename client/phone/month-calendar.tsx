import type { Status } from '../../shared/contract/absensi.ts'
import type { HistoryReply } from '../core/api.ts'
import { formatDay } from '../core/clock.ts'
import { useTexts } from './app-context.ts'
import { weeksOf } from './month.ts'
import { useWords } from './use-words.ts'

type Row = HistoryReply['data'][number]

/** One day: its number, and a letter for each thing recorded (two are shown, all are said). */
function DayCell({ day, rows, today }: { day: string; rows: readonly Row[]; today: string }) {
  const { texts, language } = useTexts()
  const { letters } = useWords().attendance
  const said = [formatDay(day, language), ...rows.map(({ status }) => texts.status[status])].join(', ')
  return (
    <td class={day === today ? 'today' : undefined}>
      <span class="day-number numbers" aria-hidden="true">
        {Number(day.slice(8))}
      </span>
      <span class="day-marks" aria-hidden="true">
        {rows.slice(0, 2).map(({ id, status }) => (
          <b key={id} class={`mark-letter ${status}`}>
            {letters[status]}
          </b>
        ))}
      </span>
      <span class="hidden-text">{said}</span>
    </td>
  )
}

/** A month with what is recorded on each day, in letters and colours. `today` YYYY-MM-DD, '' when it is not known. */
export function MonthCalendar({ month, rows, today }: { month: string; rows: readonly Row[]; today: string }) {
  const { attendance } = useWords()
  return (
    <table class="month">
      <thead>
        <tr>
          {attendance.weekdays.map((name) => (
            <th key={name} scope="col" abbr={name}>
              {name.slice(0, 3)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week.find(Boolean)}>
            {week.map((day, at) =>
              day ? (
                <DayCell key={day} day={day} today={today} rows={rows.filter(({ date }) => date === day)} />
              ) : (
                <td key={attendance.weekdays[at]} class="outside" />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const ORDER: readonly Status[] = ['hadir', 'terlambat', 'izin', 'sakit', 'alfa']

/** How often each status came, each with the letter and colour the calendar uses. */
export function StatusCounts({ counts }: { counts: Readonly<Record<Status, number>> }) {
  const { texts } = useTexts()
  const { letters } = useWords().attendance
  return (
    <ul class="counts">
      {ORDER.map((status) => (
        <li key={status} class="count">
          <b class={`mark-letter ${status}`} aria-hidden="true">
            {letters[status]}
          </b>
          <span class="numbers">{counts[status]}</span>
          <span class="soft">{texts.status[status]}</span>
        </li>
      ))}
    </ul>
  )
}
