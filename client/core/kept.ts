import type { z } from 'zod'

const PREFIX = 'absensi.kept.'

/** An answer of the server as it was last known. `at`: ms since 1970 by this device's clock. */
export interface KeptValue<T> {
  readonly at: number
  readonly value: T
}

/** What the page shows without a network: the signed-in person's last answers, gone when she signs out. */
export interface Kept {
  /** null: nothing kept, or nothing that still fits the schema. */
  read<T>(name: string, schema: z.ZodType<T>): KeptValue<T> | null
  write(name: string, value: unknown): void
  clear(): void
}

/** Behind a wall like `createRemembered`: without storage nothing is kept and nothing breaks. */
export function createKept(storage: () => Storage, now: () => number = Date.now): Kept {
  return {
    read(name, schema) {
      try {
        const entry: unknown = JSON.parse(storage().getItem(PREFIX + name) ?? 'null')
        if (typeof entry !== 'object' || entry === null || !('at' in entry) || !('value' in entry)) return null
        const parsed = schema.safeParse(entry.value)
        return parsed.success && typeof entry.at === 'number' ? { at: entry.at, value: parsed.data } : null
      } catch {
        return null
      }
    },
    write(name, value) {
      try {
        storage().setItem(PREFIX + name, JSON.stringify({ at: now(), value }))
      } catch {
        // Not kept: without a network there is nothing to show.
      }
    },
    clear() {
      try {
        const store = storage()
        for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key)
      } catch {
        // Nothing could be kept either.
      }
    },
  }
}
