import manifest from '../../models/manifest.json'
import { recallChoice, rememberChoice } from './backend-choice.ts'
import type { EmbeddingBackend } from './embedder.ts'
import { openEmbeddings } from './embeddings-owner.ts'
import { EngineProblem, type EngineProgress, type FaceEngine } from './engine-types.ts'
import { openLandmarks } from './landmarks-owner.ts'
import { findRenderer } from './renderer.ts'
import { watchStanding } from './watch-standing.ts'

/**
 * An opening of which nothing is heard for this long is given up, s: a worker was killed, which nobody is told of. Once all is
 * loaded, a slow phone still compiles and measures for a minute.
 */
const PATIENCE = 180

/** Bytes of everything a first load reads: of the two landmark bundles, the one for this renderer. */
function bytesToLoad(): number {
  const other = findRenderer().real ? 'face_landmarker_cpu.task' : 'face_landmarker.task'
  return manifest.files.reduce((sum, { name, bytes }) => (name === other ? sum : sum + bytes), 0)
}

export interface EngineOptions {
  readonly onProgress?: (progress: EngineProgress) => void
  /** Ends the opening: workers and requests are gone, the promise fails with the signal's reason. */
  readonly signal?: AbortSignal
  /** Uses this backend for the embedding instead of the measured choice; it is not remembered. */
  readonly only?: EmbeddingBackend
}

/**
 * Opens both networks, each in its worker: loads them (bytes counted against models/manifest.json), measures or recalls
 * the backend, warms both up. When the promise resolves, the first frame is as quick as any other.
 * @throws EngineProblem `no_network`, `unsupported` (no WebAssembly or no canvas), `failed` (also when nothing was heard for three minutes);
 *   the signal's reason
 */
export async function openFaceEngine({ onProgress, signal, only }: EngineOptions = {}): Promise<FaceEngine> {
  signal?.throwIfAborted()
  if (typeof WebAssembly === 'undefined' || typeof createImageBitmap === 'undefined') {
    throw new EngineProblem('unsupported')
  }
  const total = bytesToLoad()
  let loaded = 0
  const standing = watchStanding(PATIENCE)
  const tell = (bytes: number) => {
    standing.moved()
    // A backend tried twice reads its files twice: the bar never runs past its end.
    loaded = Math.min(total, loaded + bytes)
    onProgress?.({ loaded, total })
  }
  const ending = new AbortController()
  const end = () => ending.abort()
  signal?.addEventListener('abort', end, { once: true })
  standing.signal.addEventListener('abort', end)
  try {
    const [landmarks, embeddings] = await Promise.all([
      openLandmarks(tell, ending.signal),
      openEmbeddings(tell, { remembered: only ? null : recallChoice(), only: only ?? null }, ending.signal),
    ])
    ending.signal.throwIfAborted()
    if (!only) rememberChoice(embeddings.choice)
    onProgress?.({ loaded: total, total })
    return {
      backend: { landmarks: landmarks.backend, embedding: embeddings.backend },
      look: landmarks.look,
      embed: embeddings.embed,
      close() {
        landmarks.close()
        embeddings.close()
      },
    }
  } catch (error) {
    // One failed: the other, open or opening, has no owner any more.
    end()
    signal?.throwIfAborted()
    throw error instanceof EngineProblem ? error : new EngineProblem('failed', error)
  } finally {
    standing.end()
    signal?.removeEventListener('abort', end)
  }
}
