import type { Failure } from '../check-in/walk-state.ts'
import { formatCountdown } from '../core/clock.ts'
import { useStore } from '../core/store.ts'
import type { Texts } from '../core/texts-id.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Screen } from '../ui/screen.tsx'
import { useCountdown } from '../ui/use-seconds.ts'
import { useApp, useTexts } from './app-context.ts'
import { browserKind, isInstalled } from './browser-kind.ts'
import { FAILURES, type NextStep } from './failures.ts'

/** How to allow a camera that was denied. */
function deniedSteps(texts: Texts): readonly string[] {
  const installed = isInstalled()
  const kind = browserKind(navigator.userAgent, installed)
  // An installed app has no address to press beside: its browser has.
  return installed && kind !== 'ios-installed' ? [texts.deniedInstalled, ...texts.denied[kind]] : texts.denied[kind]
}

interface FailureViewProps {
  readonly failure: Failure
  /** Seconds to wait before trying again. */
  readonly retryAfter?: number | undefined
  readonly onRetry: () => void
  /** Back to the consent; without it the way home is offered. */
  readonly onConsent?: () => void
}

/** Why it did not work and what to do next: one main button, the way home beside it. Never a score. */
export function FailureView({ failure, retryAfter = 0, onRetry, onConsent }: FailureViewProps) {
  const { router, session } = useApp()
  const { texts, language } = useTexts()
  const signedIn = useStore(session).is === 'in'
  const wait = useCountdown(retryAfter)
  const card = FAILURES[failure]
  const words = texts.failures[failure]
  const next: NextStep = card.next === 'consent' && !onConsent ? 'home' : card.next
  const home = () => router.go('home', 'replace')
  const acts: Readonly<Record<NextStep, { readonly label: string; readonly act: () => void }>> = {
    retry: { label: wait > 0 ? texts.retryIn(formatCountdown(wait, language)) : texts.retry, act: onRetry },
    home: { label: texts.toHome, act: home },
    'sign-in': { label: texts.signIn.button, act: () => session.end() },
    consent: { label: texts.consent.read, act: () => onConsent?.() },
    reload: { label: texts.reload, act: () => location.reload() },
  }
  const main = acts[next]
  return (
    <Screen
      title={words.title}
      app={texts.app}
      class="outcome"
      before={
        <div class="emblem warn">
          <Icon name={card.icon} size={40} />
        </div>
      }
    >
      <div class="outcome-body" data-testid="failure" data-failure={failure}>
        <p class="lead">{words.body}</p>
        {failure === 'denied' && (
          <ol class="numbered">
            {deniedSteps(texts).map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )}
        <div class="actions">
          <Button kind="primary" large wide testId="retry" disabled={next === 'retry' && wait > 0} onPress={main.act}>
            <span class="numbers">{main.label}</span>
          </Button>
          {card.face && (
            <Button wide onPress={() => router.go('face')}>
              {texts.face.title}
            </Button>
          )}
          {next !== 'home' && signedIn && (
            <Button kind="quiet" wide onPress={home}>
              {texts.toHome}
            </Button>
          )}
        </div>
      </div>
    </Screen>
  )
}
