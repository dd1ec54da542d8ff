import { createStore, type Store } from '../../core/store.ts'

/** A word about what was just done, with a way back where there is one. */
export interface Toast {
  readonly id: number
  readonly text: string
  readonly undo?: () => Promise<void>
}

export interface Toasts extends Store<readonly Toast[]> {
  /** Shows a word for eight seconds. `undo` says itself what it did; why it failed is said for it, whatever screen is shown by then. */
  say(text: string, undo?: () => Promise<void>): void
  drop(id: number): void
}

const SHOWN_MS = 8_000

/** The words at the lower edge: the newest, and above it the last one with a way back. */
export function createToasts(): Toasts {
  const store = createStore<readonly Toast[]>([])
  let last = 0
  const drop = (id: number) => store.set(store.get().filter((toast) => toast.id !== id))
  return {
    ...store,
    drop,
    say(text, undo) {
      last += 1
      const id = last
      const withWayBack = store.get().filter((toast) => toast.undo)
      store.set([...withWayBack.slice(-1), { id, text, ...(undo ? { undo } : {}) }])
      setTimeout(() => drop(id), SHOWN_MS)
    },
  }
}
