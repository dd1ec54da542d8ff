import manifest from '../../models/manifest.json'
import { recallChoice, rememberChoice } from './backend-choice.ts'
import type { EmbeddingBackend } from './embedder.ts'
import { openEmbeddings } from './embeddings-owner.ts'
import { EngineProblem, type EngineProgress, type FaceEngine } from './engine-types.ts'
import { openLandmarks } from './landmarks-owner.ts'
import { findRenderer } from './renderer.ts'

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
 * @throws EngineProblem `no_network`, `unsupported` (no WebAssembly or no canvas), `failed`; the signal's reason
 */
export async function openFaceEngine({ onProgress, signal, only }: EngineOptions = {}): Promise<FaceEngine> {
  signal?.throwIfAborted()
  if (typeof WebAssembly === 'undefined' || typeof createImageBitmap === 'undefined') {
    throw new EngineProblem('unsupported')
  }
  const total = bytesToLoad()
  let loaded = 0
  const tell = (bytes: number) => {
    // A backend tried twice reads its files twice: the bar never runs past its end.
    loaded = Math.min(total, loaded + bytes)
    onProgress?.({ loaded, total })
  }
  const ending = new AbortController()
  const end = () => ending.abort()
  signal?.addEventListener('abort', end, { once: true })
  try {
    const [landmarks, embeddings] = await Promise.all([
      openLandmarks(tell, ending.signal),
      openEmbeddings(tell, { remembered: only ? null : recallChoice(), only: only ?? null }, ending.signal),
    ])
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
    signal?.removeEventListener('abort', end)
  }
}
