import { useEffect, useRef } from 'preact/hooks'
import type { User } from '../../../shared/contract/auth.ts'
import type { TodayReply } from '../../core/api.ts'
import { hourOf } from '../../core/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { SessionCard } from '../session-card.tsx'
import { useLoad } from '../use-load.ts'

/** An answer and the moment it came, on the monotonic clock: the school's time goes on from there. */
export interface TodayAt {
  readonly today: TodayReply
  readonly receivedAt: number
}

/** The first screen after signing in: who, what is on today, one large button, and what is known of the face. */
export function HomeScreen({ user }: { user: User }) {
  const { api } = useApp()
  const { texts, language } = useTexts()
  const loaded = useLoad<TodayAt>(async () => ({ today: await api.today(), receivedAt: performance.now() }))
  const { reload } = loaded
  useEffect(() => {
    const again = () => document.visibilityState === 'visible' && reload()
    document.addEventListener('visibilitychange', again)
    return () => document.removeEventListener('visibilitychange', again)
  }, [])
  const told = useRef(language)
  useEffect(() => {
    // The session's name comes from the server, in the language of the request.
    if (told.current !== language) reload()
    told.current = language
  }, [language])
  const today = loaded.data?.today
  return (
    <Screen
      title={user.name}
      app={texts.app}
      class="home"
      before={<p class="greeting">{today ? texts.home.greeting(hourOf(today.server_time)) : texts.home.hello}</p>}
    >
      <p class="soft who">{[user.kelas, user.nim].filter(Boolean).join(' · ')}</p>
      {!window.isSecureContext && (
        <Notice kind="warn" title={texts.failures.insecure.title}>
          {texts.failures.insecure.body}
        </Notice>
      )}
      {loaded.problem && <ProblemNotice problem={loaded.problem} onRetry={reload} />}
      <SessionCard loaded={loaded} user={user} />
      <div class="card rows">
        {today && !today.absensi && (
          <div class="row">
            <Icon name="clock" />
            <div>
              <span class="row-name">{texts.home.record}</span>
              <span class="soft">{texts.home.noRecord}</span>
            </div>
          </div>
        )}
        <a class="row" href="#/face">
          <Icon name="face" />
          <div>
            <span class="row-name">{texts.home.face}</span>
            <span class="soft">{user.has_face ? texts.home.faceOn : texts.home.faceOff}</span>
          </div>
          <Icon name="forward" size={20} />
        </a>
      </div>
    </Screen>
  )
}
