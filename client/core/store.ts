import { useEffect, useState } from 'preact/hooks'

/** A value that tells its readers when it changes. */
export interface Store<T> {
  get(): T
  set(value: T): void
  /** Returns the function that ends the subscription. */
  subscribe(tell: () => void): () => void
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const readers = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const tell of [...readers]) tell()
    },
    subscribe(tell) {
      readers.add(tell)
      return () => readers.delete(tell)
    },
  }
}

/** The store's present value; the component renders again when it changes. */
export function useStore<T>(store: Store<T>): T {
  const [value, show] = useState(() => store.get())
  useEffect(() => {
    const follow = () => show(() => store.get())
    follow()
    return store.subscribe(follow)
  }, [store])
  return value
}
