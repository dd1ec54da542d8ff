import { useEffect, useState } from 'preact/hooks'
import { Screen } from '../../ui/screen.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { FailureView } from '../failure-view.tsx'

/** Milliseconds before "loading" is written: a quick start should not flash it. */
const PATIENCE = 400

/** The moment while an earlier session is taken up again, and what to do when the server does not answer. */
export function StartScreen({ waiting }: { waiting: boolean }) {
  const { session } = useApp()
  const { texts } = useTexts()
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), PATIENCE)
    return () => clearTimeout(timer)
  }, [])
  if (!waiting) return <FailureView failure="no_network" onRetry={() => void session.resume()} />
  return (
    <Screen title={texts.app} app={texts.tagline} quietTitle class="start">
      {slow && (
        <p role="status" class="waiting">
          <span class="spinner" aria-hidden="true" /> {texts.loading}
        </p>
      )}
    </Screen>
  )
}
