import type { User } from '../../../shared/contract/auth.ts'
import type { TodayReply } from '../../core/api.ts'
import { Notice } from '../../ui/notice.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { PlaceCard } from '../place-card.tsx'
import { Receipt } from '../receipt.tsx'
import { useLoad } from '../use-load.ts'
import { useOnline } from '../use-online.ts'
import { usePlace } from '../use-place.ts'
import { useWalk } from '../use-walk.ts'
import { OfflineScreen } from './offline-screen.tsx'
import { WalkScreen } from './walk-screen.tsx'

/** Whether the session a check-in counts for asks where she is. */
const wantsPlace = ({ session, sessions = [] }: TodayReply) =>
  sessions.some(({ id, wants_location }) => id === session?.id && wants_location)

/** Check in by face, from the consent to the receipt. Without a network it is refused before anything begins. */
export function CheckInScreen({ user }: { user: User }) {
  const { api, walks } = useApp()
  const { texts } = useTexts()
  const online = useOnline()
  const today = useLoad(() => api.today())
  const wanted = today.data !== null && wantsPlace(today.data)
  const place = usePlace(wanted)
  const walking = useWalk(walks.checkIn, user, () => place.place ?? undefined)
  if (!online && walking.state === null && walking.reply === null) return <OfflineScreen />
  return (
    <WalkScreen
      kind="check-in"
      walking={walking}
      beforeStart={
        <>
          {today.data?.check_in === 'closed' && (
            <Notice kind="warn" title={texts.failures.closed.title}>
              {today.data.why_closed ?? texts.failures.closed.body}
            </Notice>
          )}
          {wanted && <PlaceCard own={place} />}
        </>
      }
      onOutside={wanted ? place.renew : undefined}
      finished={(reply) => <Receipt reply={reply} />}
    />
  )
}
