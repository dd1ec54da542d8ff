import { useState } from 'preact/hooks'
import { kioskEventsApi } from '../../../../shared/contract/api/kiosk-events.ts'
import type { StaffEvent } from '../../../../shared/contract/kiosk-events.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { claimOf } from './claim-of.ts'
import { eventTexts } from './event-texts.ts'
import { QueueTable } from './queue-table.tsx'
import { ResolveDialog } from './resolve-dialog.tsx'
import { useQueue } from './use-queue.ts'

/** The claim, and who was recognised instead. */
function Claimed({ event }: { event: StaffEvent }) {
  const words = useWords(eventTexts)
  const { claim, person } = event
  return (
    <span>
      {claimOf(event, useLanguage())}
      {person && person.id !== claim?.id && <span class="muted"> · {words.recognised(person.name)}</span>}
    </span>
  )
}

/** What kiosks captured without network and nobody could resolve, oldest first. */
export function EventQueue() {
  const words = useWords(eventTexts)
  const language = useLanguage()
  const { api, toasts } = useAdmin()
  const [shown, setShown] = useState<StaffEvent | null>(null)
  const queue = useQueue((place) => api.call(kioskEventsApi.list, { query: { ...place } }))
  return (
    <>
      <Notice kind="info">{words.body}</Notice>
      <QueueTable
        caption={words.kiosk}
        queue={queue}
        columns={[
          { key: 'kiosk', title: words.kiosk, cell: ({ kiosk }) => `${kiosk.label} · ${kiosk.room}` },
          {
            key: 'time',
            title: words.captured,
            cell: ({ captured_at, time_trusted }) => (
              <span>
                {formatMoment(captured_at, language)}{' '}
                {!time_trusted && (
                  <span class="badge review" title={words.untrustedHint}>
                    {words.untrusted}
                  </span>
                )}
              </span>
            ),
          },
          { key: 'claimed', title: words.claimed, cell: (event) => <Claimed event={event} /> },
          {
            key: 'why',
            title: words.why,
            cell: ({ reasons }) => reasons.map((name) => words.reasons[name]).join(', '),
          },
        ]}
        decision={(event) => (
          <Button
            label={`${words.decide}: ${claimOf(event, language)}`}
            onPress={() => setShown(event)}
            testId="decide-event"
          >
            {words.decide}
          </Button>
        )}
      />
      {shown && (
        <ResolveDialog
          event={shown}
          onClose={() => setShown(null)}
          onDone={async (said) => {
            toasts.say(said)
            await queue.reload()
            setShown(null)
          }}
        />
      )}
    </>
  )
}
