import { useEffect } from 'preact/hooks'
import type { User } from '../../../shared/contract/auth.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { useWalk } from '../use-walk.ts'
import { WalkScreen } from './walk-screen.tsx'

function Enrolled({ lab }: { lab: boolean }) {
  const { router, session } = useApp()
  const { texts } = useTexts()
  useEffect(() => session.update({ has_face: true }), [session])
  return (
    <Screen
      title={texts.receipt.enrolled}
      app={texts.app}
      class="outcome"
      before={
        <div class="emblem good">
          <Icon name="check" size={44} />
        </div>
      }
    >
      <div class="outcome-body" data-testid="enrolled">
        <p class="lead">{texts.receipt.enrolledBody}</p>
        {lab && <p class="lab-mark">{texts.receipt.lab}</p>}
        <div class="actions">
          <Button kind="primary" large wide testId="done" onPress={() => router.go('home', 'replace')}>
            {texts.receipt.done}
          </Button>
        </div>
      </div>
    </Screen>
  )
}

/** Enrol a face, from the consent to "enrolled". */
export function EnrolScreen({ user }: { user: User }) {
  const { api, session, walks } = useApp()
  const walking = useWalk(walks.enrol, user)
  const { state } = walking
  const unanswered = state?.stage === 'failed' && state.failure === 'no_network'
  useEffect(() => {
    // The face may have been taken, and only the answer was lost.
    if (unanswered)
      api.me().then(
        (me) => session.update({ has_face: me.user.has_face }),
        () => undefined,
      )
  }, [unanswered])
  const finished = (reply: NonNullable<typeof walking.reply>) => <Enrolled lab={reply.lab !== undefined} />
  return <WalkScreen kind="enrol" walking={walking} finished={finished} />
}
