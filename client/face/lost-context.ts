import { EngineProblem } from './engine-types.ts'

type Context = WebGLRenderingContext | WebGL2RenderingContext

const gone = () => new EngineProblem('failed', 'WebGL context lost')

/**
 * Asked before each use: once the browser took a context away (memory short, driver restarted, computer asleep), MediaPipe
 * finds no face in any picture, without an error.
 * @throws EngineProblem `failed` when one is gone; the engine is then opened anew
 */
export function refuseLost(contexts: readonly Context[]): void {
  if (contexts.some((context) => context.isContextLost())) throw gone()
}

/**
 * Work on a context. What tfjs waits for never comes once the context is lost: this fails instead.
 * @throws EngineProblem `failed` when it is lost, before or meanwhile
 */
export async function whileKept<T>(context: Context, work: () => Promise<T>): Promise<T> {
  refuseLost([context])
  let onLost = () => {}
  const lost = new Promise<never>((_, reject) => {
    onLost = () => reject(gone())
    context.canvas.addEventListener('webglcontextlost', onLost)
  })
  try {
    return await Promise.race([work(), lost])
  } finally {
    context.canvas.removeEventListener('webglcontextlost', onLost)
  }
}
