import type { Api, SubmitReply } from '../core/api.ts'
import { deliver, sealEvidence, whileAwake } from './send.ts'
import { runWalk, type WalkHandle, type WalkOptions } from './walk-core.ts'

/**
 * Check in on a phone:
 * 1. networks and camera open, this device is registered, the server gives a ticket with the challenges;
 * 2. the reducer walks through the challenges, frames are kept as a trace, a few of them embedded;
 * 3. trace and embeddings are signed, sealed and sent; the receipt comes back.
 * Challenges that were not met are sent too: the server judges, and counts what fails.
 */
export function startCheckIn(options: WalkOptions): WalkHandle<SubmitReply> {
  return runWalk<SubmitReply, Api>(options, 'check-in', 0, async (walk) => {
    const { api, camera, recorder, signal, show, trouble } = walk
    show({ stage: 'sealing' })
    recorder.stop()
    const embedded = await Promise.race([recorder.embedded(), trouble])
    const sealed = await sealEvidence({ ...walk, embedded })
    show({ stage: 'sending' })
    return whileAwake(async () => {
      // All is taken: the light of the camera need not burn until the school has answered.
      camera.stop()
      const place = await options.placeNow?.()
      return deliver(sealed, (body) => api.submit(body, signal, place), signal)
    })
  })
}
