import { useEffect, useState } from 'preact/hooks'
import { readWallClock } from '../../../shared/attendance/zone.ts'
import { formatDay, formatTime } from '../../core/clock.ts'
import type { Language } from '../../core/language.ts'
import type { Kiosk, Status } from '../kiosk.ts'
import { type DayNow, readDay } from '../machine/sessions.ts'
import type { Texts } from '../texts-id.ts'

function sessionWords(day: DayNow, texts: Texts): string {
  if (day.kind === 'holiday') return texts.holiday(day.name)
  if (day.kind !== 'open' && day.kind !== 'next') return day.kind === 'none' ? texts.noSession : ''
  const name = day.leaving ? texts.leaving(day.name) : day.name
  return day.kind === 'open' ? texts.open(name, day.until) : texts.next(name, day.from)
}

/** The school's time, day, place and session. */
export function WallClock(props: {
  readonly kiosk: Pick<Kiosk, 'now'>
  readonly status: Status
  readonly texts: Texts
  readonly language: Language
}) {
  const { kiosk, status, texts, language } = props
  const [now, setNow] = useState(kiosk.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(kiosk.now()), 1000)
    return () => clearInterval(timer)
  }, [kiosk])
  const { iso } = readWallClock(now, status.timeZone)
  return (
    <div class="wall">
      <p class="place">{[status.school, status.room].filter(Boolean).join(' · ')}</p>
      <p class="clock numbers">{formatTime(iso.slice(11), language)}</p>
      <p class="day">{formatDay(iso, language)}</p>
      <p class="session">{sessionWords(readDay(status, now), texts)}</p>
      <p class="classes">{status.kelas?.join(', ') ?? (status.label ? texts.allKelas : '')}</p>
    </div>
  )
}
