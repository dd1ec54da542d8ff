import { useRef } from 'preact/hooks'
import type { z } from 'zod'
import { toProblem } from '../core/api-problem.ts'
import { useApp } from './app-context.ts'
import { type Loaded, useLoad } from './use-load.ts'

/** An answer, and when it was given if that was on an earlier visit: ms since 1970 by this device's clock. */
export interface KeptAnswer<T> {
  readonly value: T
  readonly keptAt: number | null
}

/**
 * Loads like `useLoad` and keeps the answer for a visit without a network: then the last one comes instead, marked by
 * `keptAt`. `name` tells answers apart; it may change between loads.
 */
export function useKept<T>(name: string, schema: z.ZodType<T>, load: () => Promise<T>): Loaded<KeptAnswer<T>> {
  const { kept, session } = useApp()
  const now = useRef({ name, load })
  now.current = { name, load }
  return useLoad(async () => {
    const { name, load } = now.current
    const whose = () => {
      const now = session.get()
      return now.is === 'in' ? now.user.id : null
    }
    const asked = whose()
    try {
      const value = await load()
      // An answer that comes after she has signed out is kept for nobody.
      if (asked !== null && whose() === asked) kept.write(name, value)
      return { value, keptAt: null }
    } catch (error) {
      const last = toProblem(error).code === 'no_network' ? kept.read(name, schema) : null
      if (!last) throw error
      return { value: last.value, keptAt: last.at }
    }
  })
}
