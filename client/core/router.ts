import { createStore, type Store } from './store.ts'

/** The screens that have an address. Everything else is a step inside one of them. */
export const ROUTES = [
  'home',
  'sign-in',
  'activate',
  'register',
  'check-in',
  'enrol',
  'face',
  'attendance',
  'izin',
  'account',
  'privacy',
  'password',
  'code',
  'email',
] as const
export type Route = (typeof ROUTES)[number]

/** The link in a confirmation mail: `#email=TOKEN`. */
const EMAIL = /^#email=/

/** The token of a confirmation mail's link; '' in any other address. */
export const emailToken = (hash: string): string => (EMAIL.test(hash) ? hash.replace(EMAIL, '') : '')

/** `#/check-in` -> `check-in`; anything unknown, and no hash, is home. */
export function parseRoute(hash: string): Route {
  if (EMAIL.test(hash)) return 'email'
  const name = hash.replace(/^#\/?/, '')
  return ROUTES.find((route) => route === name) ?? 'home'
}

export function hashOf(route: Route): string {
  return route === 'home' ? '#/' : `#/${route}`
}

export interface Router extends Store<Route> {
  /** `replace`: the screen being left is not worth coming back to (a form that was sent, a walk that is over). */
  go(route: Route, how?: 'push' | 'replace'): void
}

/** The address' hash as a store: the back button works, and no server needs to know of the routes. */
export function createRouter(view: Window): Router {
  const store = createStore<Route>(parseRoute(view.location.hash))
  view.addEventListener('hashchange', () => store.set(parseRoute(view.location.hash)))
  return {
    ...store,
    go(route, how = 'push') {
      if (how === 'replace') view.history.replaceState(null, '', hashOf(route))
      else if (parseRoute(view.location.hash) !== route) view.location.hash = hashOf(route)
      store.set(route)
    },
  }
}
