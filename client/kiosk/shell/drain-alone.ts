import { serverTimeReply } from '../../../shared/contract/kiosk.ts'
import { type DeviceKey, findKioskKey } from '../../evidence/device-key.ts'
import { createDrain } from '../../outbox/drain.ts'
import { type Outbox, openOutbox } from '../../outbox/outbox.ts'
import { createSignedCalls } from '../machine/signed-calls.ts'

/** So often at once with a smaller batch, where the time ran out: the browser gives a worker some minutes. */
const SMALLER = 3

/**
 * Sends what waits while no kiosk is open, from the service worker. Rejects when another try may send more: the browser then
 * makes some, minutes apart (Background Sync).
 */
export async function drainAlone(): Promise<void> {
  await withOutbox(async (outbox, key) => {
    if ((await outbox.events.counts()).queue === 0) return
    const calls = createSignedCalls(key, () => 'id')
    // The tablet's own clock may be wrong; this also tells whether it is our server that answers.
    calls.learn((await calls.send({ method: 'GET', path: 'kiosk/time', reply: serverTimeReply, open: true })).epoch_ms)
    let token: string | null = null
    const { run } = createDrain({
      events: outbox.events,
      post: (body) => calls.post('kiosk/events', body),
      now: calls.now,
      heard: (newer) => {
        token = newer
      },
    })
    let outcome = await run()
    for (let n = 0; n < SMALLER && outcome.kind === 'later' && outcome.smaller; n++) outcome = await run()
    // Without it the next opening asks for another one.
    if (token !== null) await outbox.state.saveTimeToken(token).catch(() => undefined)
    if (outcome.kind === 'later' || outcome.kind === 'storage') throw new Error(`still waiting: ${outcome.why}`)
  })
}

/** Rejects while something waits: for the browser, which then asks again. */
export async function refuseWaiting(): Promise<void> {
  await withOutbox(async ({ events }) => {
    const { queue } = await events.counts()
    if (queue > 0) throw new Error(`still waiting: ${queue}`)
  })
}

/** Nothing is done in a profile that is no kiosk's. */
async function withOutbox(work: (outbox: Outbox, key: DeviceKey) => Promise<void>): Promise<void> {
  const key = await findKioskKey()
  if (key === null) return
  const outbox = openOutbox(key.id)
  try {
    await work(outbox, key)
  } finally {
    outbox.close()
  }
}
