import { createStore, type Store } from '../core/store.ts'

/** An address of the console: the parts of its path and its filters. */
export interface Address {
  readonly path: readonly string[]
  readonly filters: Readonly<Record<string, string>>
}

/** `#/students/7?kelas=X-1` -> its parts; no hash is an empty path. */
export function parseAddress(hash: string): Address {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?')
  return {
    path: path.split('/').filter(Boolean).map(decodePart),
    filters: Object.fromEntries(new URLSearchParams(search)),
  }
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

export interface AdminRouter extends Store<Address> {
  go(path: readonly string[], filters?: Readonly<Record<string, string>>): void
  /** Changes filters of the present address, without a new entry in the history; '' takes one away. */
  filter(changes: Readonly<Record<string, string>>): void
}

/** The address' hash as a store: back works, filters can be sent to a colleague, and no server needs to know of them. */
export function createAdminRouter(view: Window): AdminRouter {
  const store = createStore<Address>(parseAddress(view.location.hash))
  view.addEventListener('hashchange', () => store.set(parseAddress(view.location.hash)))
  return {
    ...store,
    go(path, filters = {}) {
      view.location.hash = addressOf(path, filters)
      store.set(parseAddress(view.location.hash))
    },
    filter(changes) {
      const { path, filters } = store.get()
      const hash = addressOf(path, { ...filters, ...changes })
      view.history.replaceState(null, '', hash)
      store.set(parseAddress(hash))
    },
  }
}
