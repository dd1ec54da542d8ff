import { useEffect, useRef, useState } from 'preact/hooks'
import { z } from 'zod'
import { historyReply, statisticsReply } from '../../../shared/contract/absensi.ts'
import { correctionListReply } from '../../../shared/contract/absensi-admin.ts'
import type { HistoryReply } from '../../core/api.ts'
import { formatDay, localeOf, schoolDay } from '../../core/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { CorrectionDialog } from '../correction-dialog.tsx'
import { addMonths, boundsOf } from '../month.ts'
import { MonthCalendar, StatusCounts } from '../month-calendar.tsx'
import { OfflineNotice } from '../offline-notice.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { RecordList } from '../record-list.tsx'
import { useKept } from '../use-kept.ts'
import { useLoad } from '../use-load.ts'
import { useWords } from '../use-words.ts'

const KINDS = { open: 'warn', accepted: 'good', refused: 'bad' } as const

/** A month's records, and which month it is. */
const monthReply = historyReply.extend({ month: z.string() })

const NONE = { hadir: 0, terlambat: 0, izin: 0, sakit: 0, alfa: 0 }

/** A person's own month: letters on a calendar, counts, the records, and what she says is wrong about them. */
export function AttendanceScreen() {
  const { api } = useApp()
  const { texts, language } = useTexts()
  const words = useWords().attendance
  const today = schoolDay()
  const [month, setMonth] = useState(today.slice(0, 7))
  const [wrong, setWrong] = useState<HistoryReply['data'][number] | null>(null)
  const [sent, setSent] = useState(false)
  const stats = useKept('statistics', statisticsReply, () =>
    api.send({ method: 'GET', path: 'absensi/statistics', reply: statisticsReply }),
  )
  const { from, until } = boundsOf(month)
  const history = useKept(`history ${month}`, monthReply, async () => {
    const path = `absensi/history?from=${from}&until=${until}&limit=500`
    return { month, ...(await api.send({ method: 'GET', path, reply: historyReply })) }
  })
  const requests = useLoad(() =>
    api.send({ method: 'GET', path: 'absensi/correction-requests?limit=20', reply: correctionListReply }),
  )
  const first = useRef(month)
  useEffect(() => {
    if (first.current !== month) history.reload()
    first.current = month
  }, [month])

  const waiting = history.data === null || history.data.value.month !== month
  // While another month is under way, or did not come, the answer at hand is that of the month before.
  const rows = waiting ? [] : (history.data?.value.data ?? []).filter(({ date }) => date.startsWith(month))
  const counts = stats.data?.value.months.find((one) => one.month === month)
  const percent = (share: number | null | undefined) =>
    share === null || share === undefined
      ? '–'
      : `${share.toLocaleString(localeOf(language), { maximumFractionDigits: 1 })}%`
  const asked = requests.data?.data ?? []
  const open = new Set(asked.filter(({ state }) => state === 'open').map((one) => `${one.session_id} ${one.date}`))
  const name = formatDay(`${month}-01`, language).split(' ').slice(-2).join(' ')

  return (
    <Screen title={words.title} app={texts.app} class="page wide">
      <OfflineNotice keptAt={history.data?.keptAt ?? null} onRetry={history.reload} />
      {history.problem && <ProblemNotice problem={history.problem} onRetry={history.reload} />}
      <div role="status">{sent && <Notice kind="info">{words.sent}</Notice>}</div>
      <div class="column">
        <section class="card" aria-labelledby="month-name" aria-busy={waiting && !history.problem ? 'true' : undefined}>
          <div class="month-head">
            <button
              type="button"
              class="icon-button"
              aria-label={words.earlier}
              onClick={() => setMonth(addMonths(month, -1))}
            >
              <Icon name="back" />
            </button>
            <h2 id="month-name" aria-live="polite">
              {name}
            </h2>
            <button
              type="button"
              class="icon-button"
              aria-label={words.later}
              aria-disabled={month >= today.slice(0, 7) ? 'true' : undefined}
              onClick={() => month < today.slice(0, 7) && setMonth(addMonths(month, 1))}
            >
              <Icon name="forward" />
            </button>
          </div>
          <MonthCalendar month={month} rows={rows} today={today} />
        </section>
        {stats.problem && <ProblemNotice problem={stats.problem} onRetry={stats.reload} />}
        {stats.data && (
          <section class="card share" aria-label={words.share(name)}>
            <div class="share-head">
              <p class="share-number numbers">{percent(counts?.percentage)}</p>
              <p class="soft">
                {counts ? words.share(name) : words.none}
                <br />
                {words.shareAll(percent(stats.data.value.overall.percentage))}
              </p>
            </div>
            <StatusCounts counts={counts ?? NONE} />
          </section>
        )}
      </div>
      <div class="column">
        <section class="card" aria-labelledby="records-title">
          <h2 id="records-title">{words.records}</h2>
          {!waiting && <RecordList key={month} rows={rows} today={today} asked={open} onWrong={setWrong} />}
        </section>
        {asked.length > 0 && (
          <section class="card" aria-labelledby="requests-title">
            <h2 id="requests-title">{words.requests}</h2>
            <ul class="list">
              {asked.map((one) => (
                <li key={one.id}>
                  <div>
                    <span class="row-name">
                      {formatDay(one.date, language, 'short')}: {texts.status[one.status]}
                    </span>
                    <span class="soft">{one.reason}</span>
                    {one.note && <span class="soft">{words.answer(one.note)}</span>}
                  </div>
                  <span class={`pill ${KINDS[one.state]}`}>{words.state[one.state]}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <CorrectionDialog
        record={wrong}
        onClose={() => setWrong(null)}
        onSent={() => {
          setWrong(null)
          setSent(true)
          requests.reload()
        }}
      />
    </Screen>
  )
}
