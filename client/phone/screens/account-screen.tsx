import { useState } from 'preact/hooks'
import type { User } from '../../../shared/contract/auth.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { DeviceList } from '../device-list.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSend } from '../use-send.ts'
import { useWords } from '../use-words.ts'
import { Way } from '../way.tsx'

/** Who is signed in, and the ways to her face, her data, her password, her phones, and out. */
export function AccountScreen({ user }: { user: User }) {
  const { session, router } = useApp()
  const { texts } = useTexts()
  const words = useWords().account
  const [asking, setAsking] = useState(false)
  const here = useSend()
  const everywhere = useSend()

  const leave = () =>
    here.send(async () => {
      await session.leave()
      router.go('home', 'replace')
    })
  const leaveEverywhere = () =>
    everywhere.send(async () => {
      setAsking(false)
      await session.leaveEverywhere()
      router.go('home', 'replace')
    })

  return (
    <Screen title={words.title} app={texts.app} class="page wide">
      <div class="who-card">
        <span class="emblem small calm">
          <Icon name="person" size={28} />
        </span>
        <div>
          <p class="row-name">{user.name}</p>
          <p class="soft">{[user.kelas, user.nim].filter(Boolean).join(' · ')}</p>
          {user.email && <p class="soft">{user.email}</p>}
        </div>
      </div>
      <div class="card rows">
        <Way
          to="#/face"
          icon="face"
          name={texts.home.face}
          body={user.has_face ? texts.home.faceOn : texts.home.faceOff}
        />
        <Way to="#/privacy" icon="paper" name={words.privacy} body={words.privacyBody} />
        <Way to="#/password" icon="lock" name={words.password} body={words.passwordBody} />
      </div>
      <div class="column">
        <DeviceList user={user} />
        {everywhere.problem && <ProblemNotice problem={everywhere.problem} />}
        <div class="actions">
          <Button wide busy={here.busy} testId="sign-out-here" onPress={leave}>
            {texts.signOut}
          </Button>
          <Button
            kind="danger"
            wide
            busy={everywhere.busy}
            testId="sign-out-everywhere"
            onPress={() => setAsking(true)}
          >
            {words.everywhere}
          </Button>
        </div>
        <p class="soft fine">{words.theme}</p>
      </div>
      <ConfirmDialog
        open={asking}
        title={words.everywhereSure}
        body={words.everywhereBody}
        onClose={() => setAsking(false)}
      >
        <Button kind="danger" wide testId="everywhere-yes" onPress={leaveEverywhere}>
          {words.everywhereYes}
        </Button>
        <Button wide onPress={() => setAsking(false)}>
          {texts.cancel}
        </Button>
      </ConfirmDialog>
    </Screen>
  )
}
