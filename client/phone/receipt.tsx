import { isPresent } from '../../shared/attendance/present.ts'
import type { SubmitReply } from '../core/api.ts'
import { formatClock, formatDay } from '../core/clock.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { Screen } from '../ui/screen.tsx'
import { useApp, useTexts } from './app-context.ts'
import { StatusPill } from './status-pill.tsx'

/** The server's answer to a check-in or a leaving: who, what, when; and kindly so where a person will look at it again. */
export function Receipt({ reply }: { reply: SubmitReply }) {
  const { router } = useApp()
  const { texts, language } = useTexts()
  const { absensi, is_duplicate: duplicate } = reply
  const words = texts.receipt
  const { grade } = absensi
  const sure = grade === 'verified'
  const lab = reply.lab !== undefined
  const done = lab ? words.tried : reply.left ? words.left : words.recorded
  // A leaving is recorded whatever is still to be looked at of the coming.
  const waits = grade === 'review' && !reply.left
  // By hand somebody has said otherwise: only a teacher changes that.
  const absent = duplicate && !isPresent(absensi.status)
  const title = absent ? texts.home.absent : duplicate ? words.already : waits ? words.waiting : done
  const time = formatClock((reply.left && absensi.left_at) || absensi.timestamp, language)
  return (
    <Screen
      title={title}
      app={texts.app}
      class="outcome"
      before={
        <div class={`emblem ${waits || absent ? 'warn' : duplicate || !sure ? 'calm' : 'good'}`}>
          <Icon name={absent ? 'info' : sure ? 'check' : 'clock'} size={44} />
        </div>
      }
    >
      <div
        class="outcome-body"
        data-testid="receipt"
        data-status={absensi.status}
        data-grade={grade}
        data-duplicate={String(duplicate)}
      >
        <div class="card slip">
          <p class="slip-name">{absensi.name}</p>
          <p class="soft">{absensi.nim}</p>
          {!absent && (
            <p class="slip-time numbers">
              <span class="hidden-text">{words.at} </span>
              {time}
            </p>
          )}
          <p>
            <StatusPill status={absensi.status} lateMinutes={absensi.late_minutes} waits={grade === 'review'} />
          </p>
          <p class="soft">{formatDay(absensi.date, language)}</p>
        </div>
        {absent ? (
          <Notice kind="warn">{texts.home.absentBody}</Notice>
        ) : (
          duplicate && <Notice kind="info">{words.alreadyBody(time)}</Notice>
        )}
        {!sure && <Notice kind="info">{words[grade]}</Notice>}
        {lab && <p class="lab-mark">{words.lab}</p>}
        <div class="actions">
          <Button kind="primary" large wide testId="done" onPress={() => router.go('home', 'replace')}>
            {words.done}
          </Button>
        </div>
      </div>
    </Screen>
  )
}
