import type { Picture } from '../camera/picture.ts'
import type { Tell } from './download.ts'
import type { BackendChoice, EmbeddingBackend } from './embedder.ts'
import type { EmbedderJob, EmbedderResult } from './embedder-worker.ts'
import { EngineProblem } from './engine-types.ts'
import { linkWorker } from './worker-link.ts'

/** The embedding network, wherever it runs. */
export interface Embeddings {
  readonly choice: BackendChoice
  /** "webgl" or "wasm"; "-page" behind it where it had to run on the page's own thread. */
  readonly backend: string
  embed(image: Picture, landmarks: Float32Array): Promise<Float32Array>
  close(): void
}

export interface Wanted {
  readonly remembered: BackendChoice | null
  readonly only: EmbeddingBackend | null
}

/**
 * Opens the embedding network in its worker; on the page's own thread where module workers, or a canvas inside one, are
 * not to be had.
 * @throws EngineProblem
 */
export async function openEmbeddings(tell: Tell, wanted: Wanted, signal: AbortSignal): Promise<Embeddings> {
  try {
    return await openInWorker(tell, wanted, signal)
  } catch (error) {
    if (signal.aborted || (error instanceof EngineProblem && error.code === 'no_network')) throw error
    return openOnPage(tell, wanted, signal)
  }
}

async function openInWorker(tell: Tell, wanted: Wanted, signal: AbortSignal): Promise<Embeddings> {
  const worker = new Worker(new URL('./embedder-worker.ts', import.meta.url), { type: 'module' })
  const link = linkWorker<EmbedderJob, EmbedderResult>(worker, tell, signal)
  try {
    const opened = await link.run({ kind: 'open', ...wanted })
    if (opened.kind !== 'opened') throw new EngineProblem('failed')
    return {
      choice: opened.choice,
      backend: opened.choice.backend,
      async embed(image, landmarks) {
        const result = await link.run({ kind: 'embed', image, landmarks }, [image])
        if (result.kind !== 'embedded') throw new EngineProblem('failed')
        return result.vector
      },
      close: link.close,
    }
  } catch (error) {
    link.close()
    throw error
  }
}

async function openOnPage(tell: Tell, wanted: Wanted, signal: AbortSignal): Promise<Embeddings> {
  const [{ openEmbedder }, { chipOf }] = await Promise.all([import('./embedder.ts'), import('./chip-cutter.ts')])
  const embedder = await openEmbedder(tell, wanted)
  signal.addEventListener('abort', embedder.close)
  if (signal.aborted) embedder.close()
  let before: Promise<unknown> = Promise.resolve()
  return {
    choice: embedder.choice,
    backend: `${embedder.choice.backend}-page`,
    embed(image, landmarks) {
      const vector = before.then(() => embedder.embedChip(chipOf(image, landmarks))).finally(() => image.close())
      // The next one waits for this one, whether it succeeds or not.
      before = vector.catch(() => undefined)
      return vector
    },
    close: embedder.close,
  }
}
