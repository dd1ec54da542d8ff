import { findKioskKey } from '../../evidence/device-key.ts'
import { createDrain } from '../../outbox/drain.ts'
import { openOutbox } from '../../outbox/outbox.ts'
import { createSignedCalls } from '../machine/signed-calls.ts'

/**
 * Sends what waits while no kiosk is open, from the service worker. Rejects when another try may send more: the browser then
 * makes one (Background Sync). A profile that is no kiosk's has nothing to send.
 */
export async function drainAlone(): Promise<void> {
  const key = await findKioskKey()
  if (key === null) return
  const outbox = openOutbox(key.id)
  const calls = createSignedCalls(key, () => 'id')
  let saved: Promise<unknown> = Promise.resolve()
  try {
    const outcome = await createDrain({
      events: outbox.events,
      post: (body) => calls.post('kiosk/events', body),
      now: () => Date.now(),
      heard(token) {
        saved = outbox.state.saveTimeToken(token)
      },
    }).run()
    await saved
    if (outcome.kind === 'later' || outcome.kind === 'storage') throw new Error(`still waiting: ${outcome.why}`)
  } finally {
    outbox.close()
  }
}
