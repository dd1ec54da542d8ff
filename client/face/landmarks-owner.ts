import { type Picture, sizeOf } from '../camera/picture.ts'
import type { Tell } from './download.ts'
import { EngineProblem, type Seen } from './engine-types.ts'
import { createShrinker } from './frame-size.ts'
import type { LandmarkerJob, LandmarkerResult } from './landmarker-worker.ts'
import { linkWorker } from './worker-link.ts'

/** The landmark network, wherever it runs. */
export interface Landmarks {
  /** "webgl" or "cpu"; "-page" behind it where it had to run on the page's own thread. */
  readonly backend: string
  look(image: Picture, at: number, nearest?: boolean): Promise<Seen>
  close(): void
}

/**
 * Opens the landmark network in its worker; on the page's own thread where a module worker, or a canvas inside it, is
 * not to be had.
 * @throws EngineProblem
 */
export async function openLandmarks(tell: Tell, signal: AbortSignal): Promise<Landmarks> {
  try {
    return await openInWorker(tell, signal)
  } catch (error) {
    if (signal.aborted || (error instanceof EngineProblem && error.code === 'no_network')) throw error
    return openOnPage(tell, signal)
  }
}

async function openInWorker(tell: Tell, signal: AbortSignal): Promise<Landmarks> {
  const worker = new Worker(new URL('./landmarker-worker.ts', import.meta.url), { type: 'module' })
  const shrinker = createShrinker()
  const link = linkWorker<LandmarkerJob, LandmarkerResult>(worker, tell, signal)
  try {
    const opened = await link.run({ kind: 'open' })
    if (opened.kind !== 'opened') throw new EngineProblem('failed')
    return {
      backend: opened.backend,
      async look(image, at, nearest = false) {
        const copy = await shrinker.shrink(image)
        const result = await link.run({ kind: 'look', copy, at, size: sizeOf(image), nearest }, [copy])
        if (result.kind !== 'seen') throw new EngineProblem('failed')
        return shrinker.learn(result.seen)
      },
      close: link.close,
    }
  } catch (error) {
    link.close()
    throw error
  }
}

async function openOnPage(tell: Tell, signal: AbortSignal): Promise<Landmarks> {
  const { openLandmarker } = await import('./landmarker.ts')
  const opening = openLandmarker(tell)
  // MediaPipe never hears of a module that could not be made (memory short): the signal ends the waiting.
  const landmarker = await new Promise<Awaited<typeof opening>>((resolve, reject) => {
    const giveUp = () => {
      reject(new EngineProblem('failed', signal.reason))
      opening.then(
        (late) => late.close(),
        () => undefined,
      )
    }
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    opening.then((landmarker) => {
      signal.removeEventListener('abort', giveUp)
      resolve(landmarker)
    }, reject)
  })
  const shrinker = createShrinker()
  signal.addEventListener('abort', landmarker.close)
  if (signal.aborted) landmarker.close()
  return {
    backend: `${landmarker.backend}-page`,
    async look(image, at, nearest = false) {
      const copy = await shrinker.shrink(image)
      try {
        return shrinker.learn(landmarker.look(copy, at, sizeOf(image), nearest))
      } finally {
        copy.close()
      }
    },
    close: landmarker.close,
  }
}
