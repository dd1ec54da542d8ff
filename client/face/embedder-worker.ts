import type { Picture } from '../camera/picture.ts'
import { chipOf } from './chip-cutter.ts'
import { type BackendChoice, type Embedder, type EmbeddingBackend, openEmbedder } from './embedder.ts'
import { EngineProblem } from './engine-types.ts'
import { serveJobs } from './worker-messages.ts'

export type EmbedderJob =
  | { readonly kind: 'open'; readonly remembered: BackendChoice | null; readonly only: EmbeddingBackend | null }
  | { readonly kind: 'embed'; readonly image: Picture; readonly landmarks: Float32Array }
export type EmbedderResult =
  | { readonly kind: 'opened'; readonly choice: BackendChoice }
  /** `tensors`: alive in the worker afterwards; the same after each, or something leaks. */
  | { readonly kind: 'embedded'; readonly vector: Float32Array; readonly tensors: number }

let embedder: Embedder | null = null

serveJobs<EmbedderJob, EmbedderResult>(async (job, tell) => {
  if (job.kind === 'open') {
    embedder = await openEmbedder(tell, job)
    return { result: { kind: 'opened', choice: embedder.choice } }
  }
  try {
    if (!embedder) throw new EngineProblem('failed', 'not open')
    const vector = await embedder.embedChip(chipOf(job.image, job.landmarks))
    return { result: { kind: 'embedded', vector, tensors: embedder.tensors() }, transfer: [vector.buffer] }
  } finally {
    job.image.close()
  }
})
