import { formatClock, formatDay } from '../core/clock.ts'
import { Notice } from '../ui/notice.tsx'
import { useTexts } from './app-context.ts'

/** This device's wall clock as an ISO 8601 time without a zone, for showing. */
function wallOf(at: number): string {
  const date = new Date(at)
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString()
}

/** Said above what was kept from an earlier visit. `keptAt` in ms since 1970, null: it is fresh, and nothing is said. */
export function OfflineNotice({ keptAt, checkIn = false }: { keptAt: number | null; checkIn?: boolean }) {
  const { texts, language } = useTexts()
  if (keptAt === null) return null
  const at = wallOf(keptAt)
  return (
    <div role="status" data-testid="offline">
      <Notice kind="warn" title={texts.offline.title}>
        <span>{texts.offline.known(`${formatDay(at, language)} ${formatClock(at, language)}`)}</span>
        {checkIn && <span>{texts.offline.noCheckIn}</span>}
      </Notice>
    </div>
  )
}
