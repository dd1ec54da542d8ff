import { useEffect, useState } from 'preact/hooks'
import type { TodayBoard } from '../../../../shared/contract/today.ts'
import type { ApiProblem } from '../../../core/api-problem.ts'
import { formatClock, formatDay } from '../../../core/clock.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatPercent } from '../../format.ts'
import { Skeleton } from '../../parts/data-table.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { COUNTED, StatusTiles } from '../../parts/status-tiles.tsx'
import { addressOf } from '../../router.ts'
import { common } from '../../texts.ts'
import { Queues } from './queues.tsx'
import { todayTexts } from './texts.ts'
import { watchToday } from './watch-today.ts'

type SessionCounts = TodayBoard['sessions'][number]

/** One session: its counts, and the same by class. */
function SessionBoard({ session, date }: { session: SessionCounts; date: string }) {
  const words = useWords(todayTexts)
  const general = useWords(common)
  const language = useLanguage()
  const count = (value: number) => formatCount(value, language)
  const why = session.holiday === null ? words.noMeeting : words.holiday(session.holiday)
  return (
    <section class="panel" aria-label={session.name} data-testid={`session-${session.id}`}>
      <header class="panel-head">
        <h2>{session.name}</h2>
        <span class="pill">{session.meets ? words.state[session.state] : why}</span>
        <strong class="share numbers">
          {words.share} {formatPercent(session.percentage, language)}
        </strong>
      </header>
      <StatusTiles counts={session} />
      {session.kelas.length > 0 && (
        <div class="table-box">
          <table class="dense by-class">
            <caption>{words.byClass}</caption>
            <thead>
              <tr>
                <th scope="col">{words.kelas}</th>
                {COUNTED.map((name) => (
                  <th key={name} scope="col" class="figure">
                    {general.status[name]}
                  </th>
                ))}
                <th scope="col" class="figure">
                  %
                </th>
              </tr>
            </thead>
            <tbody>
              {session.kelas.map((one) => (
                <tr key={one.kelas ?? ''}>
                  <th scope="row" data-label={words.kelas}>
                    {one.kelas === null ? (
                      words.noClass
                    ) : (
                      <a href={addressOf(['records', 'day'], { kelas: one.kelas, session: session.id, date })}>
                        {one.kelas}
                      </a>
                    )}
                  </th>
                  {COUNTED.map((name) => (
                    <td key={name} class={one[name] === 0 ? 'figure zero' : 'figure'} data-label={general.status[name]}>
                      {count(one[name])}
                    </td>
                  ))}
                  <td class="figure" data-label="%">
                    {formatPercent(one.percentage, language)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

/** Today: who is here, by session and class, as it happens; and what waits for a person. */
export function TodayScreen() {
  const words = useWords(todayTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api } = useAdmin()
  const [board, setBoard] = useState<TodayBoard | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  useEffect(() => {
    const end = new AbortController()
    const onBoard = (next: TodayBoard) => {
      setBoard(next)
      setProblem(null)
    }
    void watchToday(api, { onBoard, onProblem: setProblem }, end.signal)
    return () => end.abort()
  }, [api])
  return (
    <Page
      title={words.title}
      lead={board ? `${formatDay(board.date, language)} · ${words.asOf(formatClock(board.as_of, language))}` : ' '}
    >
      {problem && <ProblemLine problem={problem} />}
      {board ? (
        <div class="board">
          <div class="stack">
            {board.sessions.map((session) => (
              <SessionBoard key={session.id} session={session} date={board.date} />
            ))}
          </div>
          <Queues queues={board.queues} />
        </div>
      ) : (
        <Skeleton label={general.loading} lines={8} />
      )}
    </Page>
  )
}
