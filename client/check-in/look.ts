import type { z } from 'zod'
import type { SealedCapture } from '../../shared/contract/capture.ts'
import type { faceScanReply } from '../../shared/contract/face.ts'
import { deliver, sealEvidence } from './send.ts'
import { runWalk, type WalkApi, type WalkHandle, type WalkOptions } from './walk-core.ts'

export type ScanReply = z.output<typeof faceScanReply>

/** What looking who somebody is asks of the server. */
export interface LookApi extends WalkApi {
  scan(capture: SealedCapture, signal?: AbortSignal): Promise<ScanReply>
}

/**
 * Looks who stands before the camera: the face settles, nothing is asked of it, a few frames are embedded and sent. The
 * server says a name within the reader's scope, and marks nothing.
 */
export function startLook(options: WalkOptions<LookApi>): WalkHandle<ScanReply> {
  return runWalk<ScanReply, LookApi>(options, 'scan', 0, async (walk) => {
    const { api, recorder, signal, show, trouble } = walk
    show({ stage: 'sealing' })
    recorder.stop()
    const embedded = await Promise.race([recorder.embedded(), trouble])
    const sealed = await sealEvidence({ ...walk, embedded })
    show({ stage: 'sending' })
    return deliver(sealed, (body) => api.scan(body, signal), signal)
  })
}
