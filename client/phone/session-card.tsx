import { useEffect, useRef } from 'preact/hooks'
import { isPresent } from '../../shared/attendance/present.ts'
import type { User } from '../../shared/contract/auth.ts'
import type { TodayReply } from '../core/api.ts'
import { formatClock, formatCountdown, formatDay } from '../core/clock.ts'
import type { Wording } from '../core/language.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useSeconds } from '../ui/use-seconds.ts'
import { useApp, useTexts } from './app-context.ts'
import { ASK_AGAIN, ASK_SOON, isGrace, leavingNow, mayArrive, nextChange, nextNews } from './day-state.ts'
import type { TodayAt } from './screens/home-screen.tsx'
import { StatusPill } from './status-pill.tsx'

type SchoolSession = NonNullable<TodayReply['session']>
type Absensi = NonNullable<TodayReply['absensi']>

/** A countdown is shown for the last hour; before that, the time of day says more. */
const COUNTDOWN_FROM = 3600

/** A session without limits is kept as one from the day's first minute to its last. */
const isAllDay = ({ opens, closes }: SchoolSession) =>
  formatClock(opens, 'en') === '00:00' && formatClock(closes, 'en') === '23:59'

/** One line on where the session stands. `left`: seconds until its state changes. `grace`: they are over, and nobody is late yet. */
function describe(session: SchoolSession, left: number, grace: boolean, { texts, language }: Wording): string {
  const { home } = texts
  const clock = (iso: string) => formatClock(iso, language)
  const soon = left < COUNTDOWN_FROM
  if (session.state === 'before')
    return soon ? home.opensIn(formatCountdown(left, language)) : home.opensAt(clock(session.opens))
  if (session.state === 'open') {
    if (grace) return home.stillOnTime
    return soon ? home.lateIn(formatCountdown(left, language)) : home.onTimeUntil(clock(session.late_after))
  }
  if (session.state === 'late') {
    const note = home.lateNow(clock(session.late_after))
    return soon ? `${note} ${home.closesIn(formatCountdown(left, language))}` : note
  }
  return home.closedAt(clock(session.closes))
}

function MainButton({ arrives, user }: { arrives: boolean; user: User }) {
  const { router } = useApp()
  const { texts } = useTexts()
  if (!user.has_face) {
    return (
      <>
        <p class="soft">{texts.home.enrolFirst}</p>
        <Button kind="primary" large wide testId="enrol" onPress={() => router.go('enrol')}>
          <Icon name="face" /> {texts.home.enrol}
        </Button>
      </>
    )
  }
  if (!arrives) return null
  return (
    <Button kind="primary" large wide testId="check-in" onPress={() => router.go('check-in')}>
      <Icon name="face" /> {texts.home.checkIn}
    </Button>
  )
}

/** Checking out: the same walk, another word on its button. */
function LeaveButton({ until, user }: { until: string; user: User }) {
  const { router } = useApp()
  const { texts } = useTexts()
  const open = <p class="soft numbers">{texts.home.leavingOpen(until)}</p>
  // Marked by a teacher, she has no face the walk could know.
  if (!user.has_face)
    return (
      <>
        {open}
        <MainButton arrives={false} user={user} />
      </>
    )
  return (
    <>
      {open}
      <Button kind="primary" large wide testId="check-out" onPress={() => router.go('check-in')}>
        <Icon name="leave" /> {texts.home.leaveNow}
      </Button>
    </>
  )
}

/** What is recorded in the session. A time only where she came: an absence has the time of the close. */
function Done({ record, arrives }: { record: Absensi; arrives: boolean }) {
  const { texts, language } = useTexts()
  const { home, receipt } = texts
  const came = isPresent(record.status)
  const absent = record.status === 'alfa'
  const waits = record.grade === 'review'
  const title = waits ? receipt.waiting : came ? receipt.recorded : absent ? home.absent : home.excused
  return (
    <>
      <div class="session-done">
        <span class={waits || absent ? 'emblem small warn' : 'emblem small good'}>
          <Icon name={waits ? 'clock' : absent ? 'info' : 'check'} size={28} />
        </span>
        <div>
          <strong>{title}</strong>
          <span class="session-done-line">
            {came && (
              <span class="numbers">
                {receipt.at} {formatClock(record.timestamp, language)}
              </span>
            )}
            <StatusPill status={record.status} lateMinutes={record.late_minutes} />
          </span>
        </div>
      </div>
      {absent && !arrives && <p class="soft">{home.absentBody}</p>}
    </>
  )
}

interface SessionCardProps {
  readonly data: TodayAt | null
  readonly failed: boolean
  /** Kept from an earlier visit: what is open now is not known, and nothing can be sent. */
  readonly old: boolean
  readonly reload: () => void
  readonly user: User
}

/** Today's session by the server's clock, what it means for this person, and the one thing to do about it. */
export function SessionCard({ data, failed, old, reload, user }: SessionCardProps) {
  const { texts, language } = useTexts()
  const now = useSeconds(true)
  const asked = useRef(-1)
  const session = data?.today.session ?? null
  const change = session && !old ? nextChange(session) : null
  const serverNow = data ? Date.parse(data.today.server_time) + (now - data.receivedAt) : 0
  const left = change === null ? Number.POSITIVE_INFINITY : (change - serverNow) / 1000
  const newsIn = data && !old ? (nextNews(data.today) - serverNow) / 1000 : Number.POSITIVE_INFINITY
  const over = newsIn <= 0
  useEffect(() => {
    // The state is the server's to tell: when its time has come, ask once for each answer.
    if (!over || !data || asked.current === data.receivedAt) return
    asked.current = data.receivedAt
    const timer = setTimeout(reload, newsIn > -5 ? ASK_SOON : ASK_AGAIN)
    return () => clearTimeout(timer)
  }, [over, data?.receivedAt])

  if (!data) return failed ? null : <div class="card session empty" aria-busy="true" />
  const { today } = data
  const clock = (iso: string) => formatClock(iso, language)
  const record = today.absensi
  const arrives = !old && mayArrive(today)
  const holiday = session === null ? today.holiday : null
  const leaving = old ? null : leavingNow(today)
  return (
    <section class="card session" aria-labelledby="session-title">
      <p class="soft">{formatDay(today.date, language)}</p>
      <div class="session-head">
        <h2 id="session-title">{session?.name ?? holiday ?? texts.home.noSession}</h2>
        {session && !record && !old && (
          <span class={`pill ${session.state === 'open' ? 'good' : session.state === 'late' ? 'warn' : ''}`}>
            {texts.home.state[session.state]}
          </span>
        )}
      </div>
      {session && (
        <p class="numbers">
          {isAllDay(session) ? texts.home.allDay : texts.home.hours(clock(session.opens), clock(session.closes))}
        </p>
      )}
      {record ? (
        <Done record={record} arrives={arrives} />
      ) : (
        !(session && old) && (
          <p class="soft numbers">
            {session
              ? describe(session, left, isGrace(today), { texts, language })
              : holiday
                ? texts.home.holidayBody
                : texts.home.noSessionBody}
          </p>
        )
      )}
      {!old && (!record || arrives) && <MainButton arrives={arrives} user={user} />}
      {record?.left_at && <p class="soft numbers">{texts.home.leftAt(clock(record.left_at))}</p>}
      {leaving && <LeaveButton until={clock(leaving.closes)} user={user} />}
    </section>
  )
}
