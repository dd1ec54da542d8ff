import type { Picture } from '../camera/picture.ts'
import { EngineProblem, type Seen } from './engine-types.ts'
import type { FrameSize } from './frame-size.ts'
import { type Landmarker, openLandmarker } from './landmarker.ts'
import { serveJobs } from './worker-messages.ts'

export type LandmarkerJob =
  | { readonly kind: 'open' }
  /** `copy`: the frame, perhaps scaled; `size`: of the frame itself. */
  | {
      readonly kind: 'look'
      readonly copy: Picture
      readonly at: number
      readonly size: FrameSize
      readonly nearest: boolean
    }
export type LandmarkerResult =
  | { readonly kind: 'opened'; readonly backend: string }
  | { readonly kind: 'seen'; readonly seen: Seen }

let landmarker: Landmarker | null = null

serveJobs<LandmarkerJob, LandmarkerResult>(async (job, tell) => {
  if (job.kind === 'open') {
    landmarker = await openLandmarker(tell)
    return { result: { kind: 'opened', backend: landmarker.backend } }
  }
  if (!landmarker) throw new EngineProblem('failed', 'not open')
  try {
    const seen = landmarker.look(job.copy, job.at, job.size, job.nearest)
    return { result: { kind: 'seen', seen }, transfer: seen.landmarks ? [seen.landmarks.buffer] : [] }
  } finally {
    job.copy.close()
  }
})
