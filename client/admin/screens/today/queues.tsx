import type { TodayBoard } from '../../../../shared/contract/today.ts'
import { useLanguage, useWords } from '../../app-context.ts'
import { formatCount } from '../../format.ts'
import { addressOf } from '../../router.ts'
import { todayTexts } from './texts.ts'

type QueueName = keyof TodayBoard['queues']

/** Where each queue is worked off; `urgent` ones are red: a student may be standing at a door. */
const QUEUES: readonly { readonly name: QueueName; readonly to: string; readonly urgent?: true }[] = [
  { name: 'review', to: addressOf(['records'], { grade: 'review' }) },
  { name: 'provisional', to: addressOf(['records'], { grade: 'provisional' }) },
  { name: 'izin', to: addressOf(['requests', 'izin']) },
  { name: 'corrections', to: addressOf(['requests', 'corrections']) },
  { name: 'face_failures', to: addressOf(['requests', 'failures']), urgent: true },
  { name: 'kiosk_events', to: addressOf(['requests', 'events']) },
  { name: 'devices', to: addressOf(['requests', 'devices']) },
  { name: 'uploads', to: addressOf(['requests', 'uploads']) },
  { name: 'face_cases', to: addressOf(['requests', 'cases']), urgent: true },
  { name: 'accounts', to: addressOf(['requests', 'accounts']) },
  { name: 'kiosks_silent', to: addressOf(['requests', 'kiosks']), urgent: true },
  { name: 'without_face', to: addressOf(['students'], { face: 'false', active: 'true' }) },
]

/** What waits for a person, each with its list; what is not the reader's to settle is left out. */
export function Queues({ queues }: { queues: TodayBoard['queues'] }) {
  const words = useWords(todayTexts)
  const language = useLanguage()
  const waiting = QUEUES.filter(({ name }) => (queues[name] ?? 0) > 0)
  return (
    <section class="panel" aria-label={words.queue}>
      <h2>{words.queue}</h2>
      {waiting.length === 0 ? (
        <p class="muted">
          {words.allDone}. {words.allDoneBody}
        </p>
      ) : (
        <ul class="queues">
          {waiting.map(({ name, to, urgent }) => (
            <li key={name}>
              <a href={to} data-testid={`queue-${name}`}>
                <span>{words.queues[name]}</span>
                <strong class={urgent ? 'count urgent' : 'count'}>
                  {formatCount(queues[name] ?? 0, language)}
                  {urgent && <span class="hidden-text"> ({words.urgent})</span>}
                </strong>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
