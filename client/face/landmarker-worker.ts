import { EngineProblem, type Seen } from './engine-types.ts'
import { type Landmarker, openLandmarker } from './landmarker.ts'
import { serveJobs } from './worker-messages.ts'

export type LandmarkerJob =
  | { readonly kind: 'open' }
  | { readonly kind: 'look'; readonly image: ImageBitmap; readonly at: number }
export type LandmarkerResult =
  | { readonly kind: 'opened'; readonly backend: string }
  | { readonly kind: 'seen'; readonly seen: Seen; readonly image: ImageBitmap }

let landmarker: Landmarker | null = null

serveJobs<LandmarkerJob, LandmarkerResult>(async (job, tell) => {
  if (job.kind === 'open') {
    landmarker = await openLandmarker(tell)
    return { result: { kind: 'opened', backend: landmarker.backend } }
  }
  const { image } = job
  if (!landmarker) throw new EngineProblem('failed', 'not open')
  const seen = landmarker.look(image, job.at)
  const transfer: Transferable[] = seen.landmarks ? [image, seen.landmarks.buffer] : [image]
  return { result: { kind: 'seen', seen, image }, transfer }
})
