import type { TodayReply } from '../core/api.ts'
import { formatClock } from '../core/clock.ts'
import { useTexts } from './app-context.ts'
import { StatusPill } from './status-pill.tsx'

type DaySession = NonNullable<TodayReply['sessions']>[number]

const kindOf = (state: DaySession['state']) => (state === 'open' ? 'good' : state === 'late' ? 'warn' : '')

function DayRow({ one }: { one: DaySession }) {
  const { texts, language } = useTexts()
  const clock = (iso: string) => formatClock(iso, language)
  const { absensi, leaving } = one
  return (
    <li class="day-row">
      <div>
        <span class="row-name">{one.name}</span>
        <span class="soft numbers">{texts.home.hours(clock(one.opens), clock(one.closes))}</span>
        {leaving && (
          <span class="soft numbers">
            {absensi?.left_at
              ? texts.home.leftAt(clock(absensi.left_at))
              : texts.home.leaving(clock(leaving.opens), clock(leaving.closes))}
          </span>
        )}
      </div>
      {absensi ? (
        <StatusPill status={absensi.status} lateMinutes={absensi.late_minutes} />
      ) : (
        <span class={`pill ${kindOf(one.state)}`}>
          {one.state === 'holiday' ? texts.home.holiday : texts.home.state[one.state]}
        </span>
      )}
    </li>
  )
}

/** Every session of a day that has several, each with its state or what is recorded in it. */
export function DaySessions({ today }: { today: TodayReply }) {
  const { texts } = useTexts()
  const sessions = today.sessions ?? []
  if (sessions.length < 2) return null
  return (
    <section class="card" aria-labelledby="day-title">
      <h2 id="day-title" class="small-title">
        {texts.home.others}
      </h2>
      <ul class="day-rows">
        {sessions.map((one) => (
          <DayRow key={one.id} one={one} />
        ))}
      </ul>
    </section>
  )
}
