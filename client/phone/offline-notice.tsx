import { useEffect, useRef } from 'preact/hooks'
import { formatClock, formatDay } from '../core/clock.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useTexts } from './app-context.ts'

/** This device's wall clock as an ISO 8601 time without a zone, for showing. */
function wallOf(at: number): string {
  const date = new Date(at)
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString()
}

/** While a kept answer is shown a fresh one is asked for this often, ms: a browser on a dead network may say it is online. */
const ASK_EVERY = 25_000

interface OfflineNoticeProps {
  /** When what is shown was given, ms since 1970; null: it is fresh, and nothing is said. */
  readonly keptAt: number | null
  /** Whether a check-in would be made on this screen. */
  readonly checkIn?: boolean
  /** What was kept is shown; without that nothing is said of it. */
  readonly shown?: boolean
  /** Asks for a fresh answer: at a press, and by itself while the page is on view. */
  readonly onRetry: () => void
}

/** Said above what was kept from an earlier visit. */
export function OfflineNotice({ keptAt, checkIn = false, shown = true, onRetry }: OfflineNoticeProps) {
  const { texts, language } = useTexts()
  const retry = useRef(onRetry)
  retry.current = onRetry
  useEffect(() => {
    if (keptAt === null) return
    const timer = setInterval(() => document.visibilityState === 'visible' && retry.current(), ASK_EVERY)
    return () => clearInterval(timer)
  }, [keptAt === null])
  if (keptAt === null) return null
  const at = wallOf(keptAt)
  return (
    <div role="status" data-testid="offline">
      <Notice kind="warn" title={texts.offline.title}>
        {shown && <span>{texts.offline.known(`${formatDay(at, language)} ${formatClock(at, language)}`)}</span>}
        {checkIn && <span>{texts.offline.noCheckIn}</span>}
        <Button testId="retry" onPress={onRetry}>
          {texts.retry}
        </Button>
      </Notice>
    </div>
  )
}
