import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { CameraView } from '../../ui/camera-view.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useCameras } from '../../ui/use-cameras.ts'
import { useApp, useTexts } from '../app-context.ts'
import { FailureView } from '../failure-view.tsx'
import { useLoad } from '../use-load.ts'
import type { Walking } from '../use-walk.ts'
import { ChoosingScreen } from './choosing-screen.tsx'
import { ConsentScreen } from './consent-screen.tsx'
import { GuardianScreen } from './guardian-screen.tsx'
import { ReadyScreen } from './ready-screen.tsx'
import { StartScreen } from './start-screen.tsx'

interface WalkScreenProps<R> {
  readonly kind: 'check-in' | 'enrol'
  readonly walking: Walking<R>
  /** What is asked for before the camera is turned on. */
  readonly beforeStart?: ComponentChildren
  /** She tries again after she was not where the session is: what is asked for before the camera is asked for anew. */
  readonly onOutside?: () => void
  /** The last screen, for the reply of the walk. */
  readonly finished: (reply: R) => ComponentChildren
}

/** The steps both walks share: consent, get ready, camera, (choose), and either the end or what went wrong. */
export function WalkScreen<R>({ kind, walking, beforeStart, onOutside, finished }: WalkScreenProps<R>) {
  const { api } = useApp()
  const { texts, language } = useTexts()
  const consent = useLoad(() => api.consent())
  const [agreed, setAgreed] = useState(false)
  const cameras = useCameras(walking.camera !== null)
  const { state, reply } = walking

  if (reply !== null) return finished(reply)
  if (!consent.data) {
    if (!consent.problem) return <StartScreen waiting />
    const { code, retryAfter } = consent.problem
    return <FailureView failure={code} retryAfter={retryAfter} onRetry={consent.reload} />
  }
  if (!agreed && consent.data.consent?.version !== consent.data.current_version) {
    return <ConsentScreen currentVersion={consent.data.current_version} onAgreed={() => setAgreed(true)} />
  }
  const { guardian } = consent.data
  if (state === null && guardian?.wanted && guardian.consent === null)
    return <GuardianScreen onRetry={consent.reload} />
  if (state === null) {
    return (
      <ReadyScreen kind={kind} onStart={() => walking.start()}>
        {beforeStart}
      </ReadyScreen>
    )
  }
  if (state.stage === 'failed') {
    const askAgain = () => {
      // Withdrawn meanwhile, or renewed: the server says what is in force.
      setAgreed(false)
      walking.cancel()
      consent.reload()
    }
    const { failure, retryAfter } = state
    const again = () => {
      if (failure !== 'outside' || !onOutside) return walking.start()
      walking.cancel()
      onOutside()
    }
    return <FailureView key={failure} failure={failure} retryAfter={retryAfter} onRetry={again} onConsent={askAgain} />
  }
  if (state.stage === 'choosing') {
    const { retake, keep, cancel } = walking
    return <ChoosingScreen shots={state.shots} onRetake={retake} onKeep={keep} onCancel={cancel} />
  }
  return (
    <Screen title={texts.camera.title} app={texts.app} quietTitle class="with-camera">
      <CameraView
        state={state}
        camera={walking.camera}
        cameras={cameras}
        texts={texts}
        language={language}
        onPick={(id) => walking.start(id)}
        onCancel={walking.cancel}
      />
    </Screen>
  )
}
