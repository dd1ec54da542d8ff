import { useEffect } from 'preact/hooks'
import type { User } from '../../../shared/contract/auth.ts'
import type { TodayReply } from '../../core/api.ts'
import { Notice } from '../../ui/notice.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { ASK_AGAIN, ASK_SOON, nextNews } from '../day-state.ts'
import { FailureView } from '../failure-view.tsx'
import { PlaceCard } from '../place-card.tsx'
import { Receipt } from '../receipt.tsx'
import { useLoad } from '../use-load.ts'
import { useOnline } from '../use-online.ts'
import { usePlace } from '../use-place.ts'
import { useWalk } from '../use-walk.ts'
import { OfflineScreen } from './offline-screen.tsx'
import { StartScreen } from './start-screen.tsx'
import { WalkScreen } from './walk-screen.tsx'

/** Whether the session a check-in counts for asks where she is. */
const wantsPlace = ({ session, sessions = [] }: TodayReply) =>
  sessions.some(({ id, wants_location }) => id === session?.id && wants_location)

/**
 * Today, asked for anew when the server has something new to say of it, when the page is looked at again, and when the network
 * is back.
 */
function useToday() {
  const { api } = useApp()
  const today = useLoad(() => api.today())
  const { data, reload } = today
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
    const wait = data ? nextNews(data) - Date.parse(data.server_time) : Number.POSITIVE_INFINITY
    if (!Number.isFinite(wait)) return
    const timer = setTimeout(reload, wait > 0 ? wait + ASK_SOON : ASK_AGAIN)
    return () => clearTimeout(timer)
  }, [data])
  return today
}

/** Check in by face, from the consent to the receipt. Without a network it is refused before anything begins. */
export function CheckInScreen({ user }: { user: User }) {
  const { walks } = useApp()
  const { texts } = useTexts()
  const online = useOnline()
  const { data: today, problem, reload } = useToday()
  const wanted = today !== null && wantsPlace(today)
  const place = usePlace(wanted)
  const walk = useWalk(walks.checkIn, user, async () => (wanted ? ((await place.now()) ?? undefined) : undefined))
  const walking: typeof walk = {
    ...walk,
    start(cameraId) {
      place.renewOld()
      walk.start(cameraId)
    },
  }
  const isIdle = walking.state === null && walking.reply === null
  if (!online && isIdle) return <OfflineScreen />
  // Whether the session asks where she is has to be known first: it would refuse her without it.
  if (today === null && isIdle)
    return problem ? (
      <FailureView failure={problem.code} retryAfter={problem.retryAfter} onRetry={reload} />
    ) : (
      <StartScreen waiting />
    )
  return (
    <WalkScreen
      kind="check-in"
      walking={walking}
      beforeStart={
        <>
          {today?.check_in === 'closed' && (
            <Notice kind="warn" title={texts.failures.closed.title}>
              {today.why_closed ?? texts.failures.closed.body}
            </Notice>
          )}
          {wanted && <PlaceCard own={place} />}
        </>
      }
      onOutside={() => {
        reload()
        place.renew()
      }}
      finished={(reply) => <Receipt reply={reply} />}
    />
  )
}
