import { createStore, type Store } from '../core/store.ts'

/** An address of the console: the parts of its path and its filters. */
export interface Address {
  readonly path: readonly string[]
  readonly filters: Readonly<Record<string, string>>
}

/** The filters that are days. */
const DAYS: readonly string[] = ['date', 'from', 'until']

/** `#/students/7?kelas=X-1` -> its parts; no hash is an empty path. A day that is none is left out. */
export function parseAddress(hash: string): Address {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?')
  const filters = [...new URLSearchParams(search)].filter(([name, value]) => !DAYS.includes(name) || isDay(value))
  return { path: path.split('/').filter(Boolean).map(decodePart), filters: Object.fromEntries(filters) }
}

/** Whether a text is a day as the school knows them: YYYY-MM-DD, not of a year somebody is about to type. */
export function isDay(text: string): boolean {
  return /^2\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The hash of a path and filters; empty filters are left out. */
export function addressOf(path: readonly string[], filters: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString()
  return `#/${path.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`
}

/** A way out of a screen on which something is unsaved. */
export interface Leaving {
  leave(): void
  stay(): void
}

export interface AdminRouter extends Store<Address> {
  go(path: readonly string[], filters?: Readonly<Record<string, string>>): void
  /**
   * Changes filters of the present address, without a new entry in the history; '' takes one away. `keeps`: what is unsaved
   * outlives it, and nobody is asked.
   */
  filter(changes: Readonly<Record<string, string>>, how?: { readonly keeps: boolean }): void
  /** Something on the screen would be lost: until that is over, a new address waits for an answer in `leaving`. */
  hold(isUnsaved: boolean): void
  /** Runs what takes the screen away; where something would be lost, once that was agreed to. */
  leave(act: () => void): void
  readonly leaving: Store<Leaving | null>
}

/** The address' hash as a store: back works, filters can be sent to a colleague, and no server needs to know of them. */
export function createAdminRouter(view: Window): AdminRouter {
  const store = createStore<Address>(parseAddress(view.location.hash))
  const leaving = createStore<Leaving | null>(null)
  let isHeld = false
  let shown = view.location.hash
  const show = (hash: string) => {
    shown = hash
    store.set(parseAddress(hash))
  }
  const leave = (act: () => void, stay: () => void = () => undefined) => {
    if (!isHeld) return act()
    const answer = (isLeft: boolean, next: () => void) => () => {
      if (isLeft) isHeld = false
      leaving.set(null)
      next()
    }
    leaving.set({ leave: answer(true, act), stay: answer(false, stay) })
  }
  // A link or the way back has changed the address already: who stays gets hers again.
  view.addEventListener('hashchange', () => {
    const { hash } = view.location
    // Back on what is shown (also by the browser's own way back): nothing is left to ask.
    if (hash === shown) return leaving.set(null)
    leave(
      () => show(hash),
      () => view.history.pushState(null, '', shown || '#/'),
    )
  })
  return {
    ...store,
    leaving,
    leave: (act) => leave(act),
    hold(isUnsaved) {
      isHeld = isUnsaved
    },
    go: (path, filters = {}) =>
      leave(() => {
        view.location.hash = addressOf(path, filters)
        show(view.location.hash)
      }),
    filter(changes, { keeps } = { keeps: false }) {
      const change = () => {
        const { path, filters } = store.get()
        const hash = addressOf(path, { ...filters, ...changes })
        view.history.replaceState(null, '', hash)
        show(hash)
      }
      if (keeps) change()
      else leave(change)
    },
  }
}
