import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { WalkProgress } from '../../check-in/walk-state.ts'
import { formatMegabytes } from '../../core/clock.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { DistanceFigure } from '../../ui/prompt-figure.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useApp, useTexts } from '../app-context.ts'

/** How far the networks are, loading behind this screen. A failure is the walk's to tell: it tries again and has the words. */
function Preparing() {
  const { walks } = useApp()
  const { texts, language } = useTexts()
  const [progress, setProgress] = useState<WalkProgress>({ loaded: 0, total: 0 })
  const [state, setState] = useState<'loading' | 'ready' | 'later'>('loading')
  useEffect(() => {
    let current = true
    walks
      .prepare((now) => current && setProgress(now))
      .then(
        () => current && setState('ready'),
        () => current && setState('later'),
      )
    return () => {
      current = false
    }
  }, [walks])
  const { loaded, total } = progress
  const words = texts.ready
  const size = words.preparing(formatMegabytes(loaded, language), formatMegabytes(total, language))
  const line = { loading: total > 0 ? size : texts.camera.starting, ready: words.prepared, later: words.later }[state]
  return (
    <div class="meter" data-testid="preparing" data-state={state}>
      <progress
        aria-label={texts.camera.progress}
        max={Math.max(1, total)}
        value={state === 'ready' ? Math.max(1, total) : loaded}
      />
      <span class="numbers">{line}</span>
    </div>
  )
}

interface ReadyScreenProps {
  readonly kind: 'check-in' | 'enrol'
  readonly onStart: () => void
  /** More that is asked for before the camera. */
  readonly children?: ComponentChildren
}

/** Before the camera: one line, the right distance and the wrong one, a button. */
export function ReadyScreen({ kind, onStart, children }: ReadyScreenProps) {
  const { router } = useApp()
  const { texts } = useTexts()
  const words = texts.ready
  return (
    <Screen title={kind === 'enrol' ? words.enrol : words.checkIn} app={texts.app} class="page ready">
      <p class="lead">{words.line}</p>
      <div class="distances">
        <figure>
          <DistanceFigure kind="right" />
          <figcaption>{words.right}</figcaption>
        </figure>
        <figure>
          <DistanceFigure kind="far" />
          <figcaption>{words.tooFar}</figcaption>
        </figure>
      </div>
      {kind === 'enrol' && <p class="soft">{words.enrolLine}</p>}
      {children}
      <div class="actions bottom">
        <Preparing />
        <Button kind="primary" large wide testId="start-camera" onPress={onStart}>
          <Icon name="camera" /> {words.start}
        </Button>
        <Button kind="quiet" wide onPress={() => router.go('home', 'replace')}>
          {texts.cancel}
        </Button>
      </div>
    </Screen>
  )
}
