import { useEffect, useRef } from 'preact/hooks'
import { isPresent } from '../../../shared/attendance/present.ts'
import { todayReply } from '../../../shared/contract/absensi.ts'
import type { User } from '../../../shared/contract/auth.ts'
import type { HistoryReply, TodayReply } from '../../core/api.ts'
import { formatClock, formatDay, hourOf, schoolDay } from '../../core/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { DaySessions } from '../day-sessions.tsx'
import { fetchCheckIn } from '../lazy-screen.tsx'
import { OfflineNotice } from '../offline-notice.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { SessionCard } from '../session-card.tsx'
import { StatusPill } from '../status-pill.tsx'
import { useKept } from '../use-kept.ts'
import { useLoad } from '../use-load.ts'
import { Way } from '../way.tsx'

/** An answer and the moment it came, on the monotonic clock: the school's time goes on from there. */
export interface TodayAt {
  readonly today: TodayReply
  readonly receivedAt: number
}

type LastRecord = HistoryReply['data'][number]

function LastRow({ record }: { record: LastRecord | null }) {
  const { texts, language } = useTexts()
  return (
    <a class="row" href="#/attendance">
      <Icon name="clock" />
      <div>
        <span class="row-name">{texts.home.record}</span>
        {record ? (
          <span class="soft numbers">
            {formatDay(record.date, language, 'short')}
            {isPresent(record.status) && ` · ${formatClock(record.timestamp, language)}`}
          </span>
        ) : (
          <span class="soft">{texts.home.noRecord}</span>
        )}
        {record && (
          <span>
            <StatusPill status={record.status} lateMinutes={record.late_minutes} />
          </span>
        )}
      </div>
      <Icon name="forward" size={20} />
    </a>
  )
}

/** The first screen after signing in: who, what is on today, one large button, the last record, what is known of the face. */
export function HomeScreen({ user }: { user: User }) {
  const { api } = useApp()
  const { texts, language } = useTexts()
  const last = useLoad(() => api.lastRecord())
  const received = useRef(performance.now())
  const loaded = useKept('today', todayReply, async () => {
    const today = await api.today()
    received.current = performance.now()
    return today
  })
  const reload = () => {
    loaded.reload()
    last.reload()
  }
  useEffect(() => {
    const again = () => document.visibilityState === 'visible' && reload()
    document.addEventListener('visibilitychange', again)
    addEventListener('online', again)
    return () => {
      document.removeEventListener('visibilitychange', again)
      removeEventListener('online', again)
    }
  }, [])
  useEffect(() => {
    if (loaded.data) fetchCheckIn()
  }, [loaded.data !== null])
  const told = useRef(language)
  useEffect(() => {
    // The session's name comes from the server, in the language of the request.
    if (told.current !== language) reload()
    told.current = language
  }, [language])
  const keptAt = loaded.data?.keptAt ?? null
  // What was kept of another day says nothing of today.
  const past = keptAt !== null && loaded.data?.value.date !== schoolDay()
  const today = past ? undefined : loaded.data?.value
  const newest = last.data?.data[0] ?? null
  const izin = today?.izin ?? null
  return (
    <Screen
      title={user.name}
      app={texts.app}
      class="home wide"
      before={
        <p class="greeting">
          {today && keptAt === null ? texts.home.greeting(hourOf(today.server_time)) : texts.home.hello}
        </p>
      }
    >
      <p class="soft who">{[user.kelas, user.nim].filter(Boolean).join(' · ')}</p>
      {!window.isSecureContext && (
        <Notice kind="warn" title={texts.failures.insecure.title}>
          {texts.failures.insecure.body}
        </Notice>
      )}
      <OfflineNotice keptAt={keptAt} checkIn shown={!past} onRetry={reload} />
      {loaded.problem && <ProblemNotice problem={loaded.problem} onRetry={reload} />}
      {izin && (
        <Notice kind="info" title={texts.home.izin[izin]}>
          {texts.home.izinBody[izin]}
        </Notice>
      )}
      <div class="column">
        <SessionCard
          data={today ? { today, receivedAt: received.current } : null}
          failed={loaded.problem !== null || past}
          old={keptAt !== null}
          reload={reload}
          user={user}
        />
        {today && <DaySessions today={today} />}
      </div>
      <div class="card rows">
        {today && !today.absensi && last.data && <LastRow record={newest} />}
        {user.role !== 'user' && (
          <Way to="/admin" icon="people" name={texts.home.console} body={texts.home.consoleBody} testId="to-console" />
        )}
        <Way
          to="#/face"
          icon="face"
          name={texts.home.face}
          body={user.has_face ? texts.home.faceOn : texts.home.faceOff}
        />
        <Way to="#/code" icon="code" name={texts.home.code} body={texts.home.codeBody} testId="to-code" />
      </div>
    </Screen>
  )
}
