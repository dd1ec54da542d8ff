import { useState } from 'preact/hooks'
import { CONSENT_VERSION } from '../../../shared/contract/consents.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { ConsentText } from '../consent-text.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSend } from '../use-send.ts'

interface ConsentScreenProps {
  /** The version the server holds in force. */
  readonly currentVersion: string
  readonly onAgreed: () => void
}

/** The consent before the camera: the text, a box to tick, and a way out that costs nothing. */
export function ConsentScreen({ currentVersion, onAgreed }: ConsentScreenProps) {
  const { api, router } = useApp()
  const { texts } = useTexts()
  const [agreed, setAgreed] = useState(false)
  const { busy, problem, send } = useSend()
  const words = texts.consent

  // Agreeing to words other than those in force would be worth nothing.
  if (currentVersion !== CONSENT_VERSION) {
    return (
      <Screen title={texts.outdated.title} app={texts.app} class="page">
        <p class="lead">{texts.outdated.body}</p>
        <Button kind="primary" large wide testId="retry" onPress={() => location.reload()}>
          {texts.reload}
        </Button>
      </Screen>
    )
  }

  return (
    <Screen title={words.title} app={texts.app} class="page consent">
      <p class="lead">{words.lead}</p>
      <div class="card consent-parts">
        <ConsentText />
      </div>
      <Notice kind="info" title={words.otherwise}>
        {words.minors}
      </Notice>
      {problem && <ProblemNotice problem={problem} />}
      <label class="tick">
        <input
          type="checkbox"
          name="agree"
          checked={agreed}
          onChange={(event) => setAgreed(event.currentTarget.checked)}
        />
        <span>{words.agree}</span>
      </label>
      <div class="actions">
        <Button
          kind="primary"
          large
          wide
          busy={busy}
          disabled={!agreed}
          testId="consent-agree"
          onPress={() =>
            send(async () => {
              await api.giveConsent(CONSENT_VERSION)
              onAgreed()
            })
          }
        >
          {words.button}
        </Button>
        <Button kind="quiet" wide onPress={() => router.go('home', 'replace')}>
          {words.decline}
        </Button>
      </div>
      <p class="soft fine">{words.version(CONSENT_VERSION)}</p>
    </Screen>
  )
}
