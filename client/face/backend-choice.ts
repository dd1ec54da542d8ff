import { z } from 'zod'
import type { BackendChoice } from './embedder.ts'

const KEY = 'face.embedding-backend'

const choiceSchema = z.object({
  backend: z.enum(['webgl', 'wasm']),
  renderer: z.string(),
  version: z.string(),
  measured: z.object({ webgl: z.number().optional(), wasm: z.number().optional() }),
})

/** The choice measured on an earlier visit, or null. Storage may be closed (private windows): then it is measured anew. */
export function recallChoice(): BackendChoice | null {
  try {
    const { measured, ...rest } = choiceSchema.parse(JSON.parse(localStorage.getItem(KEY) ?? ''))
    const { webgl, wasm } = measured
    return { ...rest, measured: { ...(webgl === undefined ? {} : { webgl }), ...(wasm === undefined ? {} : { wasm }) } }
  } catch {
    return null
  }
}

/** Keeps a choice that was measured for the next visit. */
export function rememberChoice(choice: BackendChoice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choice))
  } catch {
    // Without storage the next visit measures again.
  }
}
