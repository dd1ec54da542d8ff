import { openFaceEngine } from '../face/engine.ts'
import type { EngineProgress, FaceEngine } from '../face/engine-types.ts'

/** The networks take some 100 MB: they are let go when nobody has used them for this long, ms. */
const IDLE_MS = 120_000

let opening: Promise<FaceEngine> | null = null
let progress: EngineProgress = { loaded: 0, total: 0 }
let idle: ReturnType<typeof setTimeout> | undefined
let users = 0
const listeners = new Set<(progress: EngineProgress) => void>()

function open(): Promise<FaceEngine> {
  opening ??= openFaceEngine({
    onProgress(now) {
      progress = now
      for (const tell of listeners) tell(now)
    },
  }).catch((error: unknown) => {
    opening = null
    throw error
  })
  return opening
}

/** Loads and warms up the networks behind whatever the screen shows; a walk that follows finds them ready. */
export async function prepareEngine(onProgress: (progress: EngineProgress) => void): Promise<void> {
  const release = await holdEngine(onProgress)
  release.release()
}

/**
 * The one engine of this page, opened at the first call. `release` once done: it closes after two idle minutes.
 * @throws EngineProblem when the networks cannot be had or run
 */
export async function holdEngine(
  onProgress: (progress: EngineProgress) => void,
): Promise<{ engine: FaceEngine; release(): void }> {
  clearTimeout(idle)
  users += 1
  listeners.add(onProgress)
  if (progress.total > 0) onProgress(progress)
  const leave = () => {
    users -= 1
    if (users > 0) return
    clearTimeout(idle)
    idle = setTimeout(() => {
      const closing = opening
      opening = null
      progress = { loaded: 0, total: 0 }
      closing?.then((engine) => engine.close()).catch(() => undefined)
    }, IDLE_MS)
  }
  try {
    return { engine: await open(), release: leave }
  } catch (error) {
    leave()
    throw error
  } finally {
    listeners.delete(onProgress)
  }
}

/** Forgets an engine that broke (a killed worker, a lost context), so that the next walk opens a new one. */
export function dropEngine(): void {
  const broken = opening
  opening = null
  broken?.then((engine) => engine.close()).catch(() => undefined)
}
